import { afterEach, expect, test, vi } from "vitest";
import type { LocalTrack } from "livekit-client";
import { CameraSwitch, otherCamera } from "./camera-switch";

const camera = (deviceId: string): MediaDeviceInfo => ({ deviceId, kind: "videoinput", label: "", groupId: "" }) as MediaDeviceInfo;
const two = [camera("front"), camera("back")];

/** A track whose camera can be changed, or not. */
function track(settings: MediaTrackSettings, restart = vi.fn(async () => {})): { track: LocalTrack; restart: typeof restart } {
  const one = { kind: "video", mediaStreamTrack: { getSettings: () => settings }, restartTrack: restart };
  return { track: one as unknown as LocalTrack, restart };
}
const machine = (all: MediaDeviceInfo[]): unknown =>
  vi.stubGlobal("navigator", { mediaDevices: { enumerateDevices: async () => all } });
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

afterEach(() => vi.unstubAllGlobals());

test("a telephone should turn to its other side, a machine without sides to its next camera", () => {
  expect(otherCamera({ facingMode: "user" }, two)).toEqual({ facingMode: "environment" });
  expect(otherCamera({ facingMode: "environment" }, two)).toEqual({ facingMode: "user" });
  expect(otherCamera({ deviceId: "back" }, two)).toEqual({ deviceId: { exact: "front" } });
  expect(otherCamera({}, [camera("only")])).toBeUndefined();
});

test("the button should be there only where there is another camera", async () => {
  const turner = new CameraSwitch(document.createElement("figure"));
  machine([camera("only")]);
  await turner.offer([track({}).track]);
  expect(turner.button.hidden).toBe(true);
  machine(two);
  await turner.offer([track({}).track]);
  expect(turner.button.hidden).toBe(false);
  await turner.offer([]);
  expect(turner.button.hidden).toBe(true);
});

test("a press should change the camera of the same track and say which side it looks at", async () => {
  machine(two);
  const own = document.createElement("figure");
  const settings = { facingMode: "user" };
  const turner = new CameraSwitch(own);
  const { track: one, restart } = track(settings, vi.fn(async () => void (settings.facingMode = "environment")));
  await turner.offer([one]);
  turner.button.click();
  await settle();
  expect(restart).toHaveBeenCalledWith({ facingMode: "environment" });
  expect(own.dataset["facing"]).toBe("environment");
});

test("a camera that does not open should give the old one back", async () => {
  machine(two);
  const turner = new CameraSwitch(document.createElement("figure"));
  const { track: one, restart } = track({ deviceId: "front" }, vi.fn().mockRejectedValueOnce(new Error("busy")).mockResolvedValue(undefined));
  await turner.offer([one]);
  turner.button.click();
  await settle();
  expect(restart).toHaveBeenLastCalledWith({ deviceId: { exact: "front" } });
  expect(turner.button.disabled).toBe(false);
});
