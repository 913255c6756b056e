/** Buttons by which a seat sends one more picture to its turn: this machine's screen, or a camera over a paper. */
import { say } from "../language";
import { LocalVideoTrack, Track } from "livekit-client";
import { part } from "./tiles";

export type ShareKind = "screen" | "camera";

/** Writing needs points, not movement: few frames of a large picture. */
const PICTURE = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { max: 10 } };

export interface Sharing {
  /** The camera that shows the room; the other one looks at the paper. */
  camera(): string;
  /** Sends the picture as soon as the engine allows it. */
  send(track: LocalVideoTrack): void;
  /** It is over: nothing of it stays on any screen. */
  take(track: LocalVideoTrack): void;
}

export class PaperShare {
  readonly element = part("div", "stage__share stage__part cluster");
  readonly #words = part("p", "stage__share-words");
  readonly #screen = press(say("Chiếu màn hình máy này", "Show this screen"), () => void this.#begin("screen"));
  readonly #camera = press(say("Chiếu giấy tờ bằng camera", "Show a paper by camera"), () => void this.#begin("camera"));
  readonly #end = press(say("Thôi chiếu", "Stop showing"), () => void this.#stop());
  #track: LocalVideoTrack | undefined;
  #allowed = false;
  #granted = false;

  /** `settings`: where to ask (`shareUrl`, `hideUrl`), `csrf`, `seat`; without an address nothing is offered. */
  constructor(
    readonly settings: Readonly<DOMStringMap>,
    readonly sharing: Sharing,
  ) {
    this.#words.setAttribute("role", "status");
    this.element.append(this.#words, this.#screen, this.#camera, this.#end);
    this.offer(false);
  }

  /** The server's word on whether one may ask at all in the room that is entered. */
  grant(sharable: boolean): void {
    this.#granted = sharable;
  }

  /** Whether we are in a turn's room. */
  offer(inTurn: boolean): void {
    this.element.hidden = !inTurn || !this.#granted || this.settings["shareUrl"] === undefined;
    this.#show();
  }

  /** The engine's word on whether we may send it; when it takes the right away, the showing is over. */
  allowed(may: boolean): void {
    if (this.#allowed && !may) this.drop();
    this.#allowed = may;
  }

  /** The room is left, or the right is gone: stop without asking anybody. */
  drop(): void {
    const track = this.#track;
    this.#track = undefined;
    if (track) {
      track.stop();
      this.sharing.take(track);
    }
    this.#show();
  }

  async #begin(kind: ShareKind): Promise<void> {
    this.#say("");
    const media = await (kind === "screen" ? thisScreen() : otherCamera(this.sharing.camera())).catch(() => undefined);
    if (!media) return this.#say(kind === "screen" ? "" : noCamera());
    const refusal = await this.#post(this.settings["shareUrl"], { seat: this.settings["seat"] ?? "", kind });
    if (refusal !== undefined) {
      media.stop();
      return this.#say(refusal);
    }
    this.drop();
    media.contentHint = "detail";
    const track = new LocalVideoTrack(media, undefined, true);
    track.source = Track.Source.ScreenShare;
    media.addEventListener("ended", () => void this.#stop());
    this.#track = track;
    this.sharing.send(track);
    this.#show();
  }

  async #stop(): Promise<void> {
    if (!this.#track) return;
    this.drop();
    await this.#post(this.settings["hideUrl"], {});
  }

  /** Undefined when the server agreed, else why not. */
  async #post(url: string | undefined, fields: Record<string, string>): Promise<string | undefined> {
    const headers = { "X-CSRFToken": this.settings["csrf"] ?? "" };
    const answer = await fetch(url ?? "", { method: "POST", headers, body: new URLSearchParams(fields), credentials: "same-origin" }).catch(() => undefined);
    if (answer?.status === 204) return undefined;
    return (answer?.ok && (await answer.text())) || say("Máy chủ chưa cho chiếu. Hãy thử lại.", "The server does not allow it now. Try again.");
  }

  #say(words: string): void {
    this.#words.textContent = words;
  }

  #show(): void {
    const shares = this.#track !== undefined;
    [this.#screen.hidden, this.#camera.hidden, this.#end.hidden] = [shares || !canShareScreen(), shares, !shares];
    if (shares) this.#say(say("Mọi người trong lượt đang thấy hình này.", "Everybody in the turn sees this picture."));
    else if (!this.element.hidden && this.#words.textContent !== noCamera()) this.#say("");
  }
}

/** A telephone has no screen to give. */
function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === "function";
}

async function thisScreen(): Promise<MediaStreamTrack | undefined> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: PICTURE, audio: false });
  return stream.getVideoTracks()[0];
}

/** Another camera than the one that shows the room. */
async function otherCamera(used: string): Promise<MediaStreamTrack | undefined> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const other = all.find((one) => one.kind === "videoinput" && one.deviceId !== used);
  if (!other) return undefined;
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...PICTURE, deviceId: { exact: other.deviceId } } });
  return stream.getVideoTracks()[0];
}

const noCamera = (): string =>
  say(
    "Không thấy camera thứ hai. Cắm camera soi giấy tờ vào máy này rồi bấm lại.",
    "No second camera found. Plug the paper camera in and press again.",
  );

function press(words: string, act: () => void): HTMLButtonElement {
  const button = part("button", "button small", words) as HTMLButtonElement;
  button.type = "button";
  button.onclick = act;
  return button;
}
