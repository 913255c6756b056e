/** This seat's camera and microphone: opened once, kept over every room of the day. */
import { say } from "../language";
import { createLocalTracks, TrackEvent, VideoPresets, type LocalTrack } from "livekit-client";

/** Kept for this tab only: devices were open in it, so after a reload nobody has to find a button first. */
const OPENED_HERE = "tiepdan.devices";

/** May the page open devices without a press? Firefox says "prompt" also while its own grace period lasts. */
export async function alreadyAllowed(): Promise<boolean> {
  if (sessionStorage.getItem(OPENED_HERE)) return true;
  try {
    const names = ["camera", "microphone"] as unknown as PermissionName[];
    const answers = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
    return answers.every((answer) => answer.state === "granted");
  } catch {
    return false; // A browser that cannot say: the person presses the button.
  }
}

/** Why devices could not be opened, in words that say what to do. */
export function deviceProblem(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError")
    return say(
      "Trình duyệt chưa cho phép dùng camera và micro. Bấm biểu tượng ổ khóa cạnh địa chỉ trang, chọn Cho phép, rồi bấm lại.",
      "The browser does not allow camera and microphone yet. Press the lock beside the address, choose Allow, and press again.",
    );
  if (name === "NotReadableError" || name === "AbortError")
    return say(
      "Camera hoặc micro đang bị chương trình khác dùng. Đóng chương trình đó rồi bấm lại.",
      "Another program uses the camera or microphone. Close it and press again.",
    );
  return say(
    "Không thấy camera hoặc micro. Kiểm tra dây cắm rồi bấm lại.",
    "No camera or microphone found. Check the cables and press again.",
  );
}

/** Opens both; when one is missing, the other alone, because sound without picture still serves. */
export async function openDevices(lost: () => void): Promise<LocalTrack[]> {
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const video = { resolution: VideoPresets.h720.resolution };
  const tracks = await createLocalTracks({ audio, video }).catch(async (error: unknown) => {
    if (!(error instanceof Error) || error.name !== "NotFoundError") throw error;
    return createLocalTracks({ audio, video: false }).catch(() => createLocalTracks({ audio: false, video }));
  });
  sessionStorage.setItem(OPENED_HERE, "1");
  for (const track of tracks) track.on(TrackEvent.Ended, lost);
  return tracks;
}
