/** The button that turns to a machine's other camera: a telephone's back side for a paper, its front for a face. */
import { say } from "../language";
import type { LocalTrack, LocalVideoTrack, VideoCaptureOptions } from "livekit-client";
import { part } from "./tiles";

export class CameraSwitch {
  readonly button = part("button", "button small stage__switch", say("Đổi camera", "Other camera")) as HTMLButtonElement;
  #track: LocalVideoTrack | undefined;

  /** `own` shows the picture; it is a mirror only while the camera looks at whoever holds the machine. */
  constructor(readonly own: HTMLElement) {
    this.button.type = "button";
    this.button.hidden = true;
    this.button.onclick = () => void this.#turn();
  }

  /** Shows itself when the machine has more than one camera. */
  async offer(tracks: readonly LocalTrack[]): Promise<void> {
    this.#track = tracks.find((track) => track.kind === "video") as LocalVideoTrack | undefined;
    this.button.hidden = !this.#track || otherCamera(this.#settings(), await cameras()) === undefined;
  }

  async #turn(): Promise<void> {
    const other = otherCamera(this.#settings(), await cameras());
    if (!this.#track || !other) return;
    this.button.disabled = true;
    const before = this.#settings();
    // The track stays published: the others see the new picture in the same place.
    await this.#track.restartTrack(other).catch(() => this.#track?.restartTrack(same(before)).catch(() => {}));
    this.own.dataset["facing"] = this.#settings().facingMode ?? "";
    this.button.disabled = false;
  }

  #settings(): MediaTrackSettings {
    return this.#track?.mediaStreamTrack?.getSettings() ?? {};
  }
}

/** The camera after this one: the other side of a telephone, else the next one plugged in; undefined when alone. */
export function otherCamera(now: MediaTrackSettings, all: readonly MediaDeviceInfo[]): VideoCaptureOptions | undefined {
  if (all.length < 2) return undefined;
  if (now.facingMode) return { facingMode: now.facingMode === "environment" ? "user" : "environment" };
  const place = all.findIndex((one) => one.deviceId === now.deviceId);
  return { deviceId: { exact: all[(place + 1) % all.length]!.deviceId } };
}

function same({ deviceId, facingMode }: MediaTrackSettings): VideoCaptureOptions {
  return deviceId ? { deviceId: { exact: deviceId } } : { facingMode: facingMode === "environment" ? "environment" : "user" };
}

async function cameras(): Promise<MediaDeviceInfo[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices?.().catch(() => [])) ?? [];
  return all.filter((one) => one.kind === "videoinput");
}
