import { say } from "../language";
import type { Picture, ScreenSource } from "./screen-source";
import { Tiles, part } from "./tiles";

/** How often it looks at the clerk's window, in milliseconds: a call is seen at once, a reload survived. */
const LOOK_EVERY = 250;

/**
 * The television's picture: what the clerk's window lends, large; no connection and no sound of its own.
 *
 * It asks its opener again and again instead of being told, so that either window may be reloaded. Its children
 * are the waiting view. Nothing is to be pressed; any key or touch only makes it fill the screen.
 */
export class CitizenScreen extends HTMLElement {
  readonly #tiles = new Tiles(part("div", "stage__tiles stage__part"));
  readonly #own = part("figure", "stage__own stage__part");
  readonly #silence = part("p", "silence silence__words stage__part");
  readonly #key = part("p", "screen__key stage__part");
  readonly #shown = new Map<string, HTMLVideoElement>();
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.#own.append(picture());
    this.append(this.#tiles.grid, this.#own, this.#silence, this.#key);
    for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, fillScreen);
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY);
    this.#look();
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    for (const kind of ["keydown", "pointerdown"]) document.removeEventListener(kind, fillScreen);
  }

  #look(): void {
    const source = lender();
    const pictures = source?.pictures() ?? [];
    this.#forget(pictures);
    for (const one of pictures) this.#show(one, source);
    this.#tiles.main = pictures.find((one) => one.main)?.seat ?? "";
    this.#tiles.pinned = pictures.filter((one) => one.pinned).map((one) => one.seat);
    play(this.#own.querySelector("video"), source?.own() ?? null);
    this.dataset["state"] = pictures.length > 0 ? "inside" : "waiting";
    this.#own.hidden = !source?.own();
    put(this.#silence, source?.silence() ?? "");
    this.#hint(source !== undefined);
  }

  #show(one: Picture, source: ScreenSource | undefined): void {
    let video = this.#shown.get(one.seat);
    if (!video) {
      video = picture();
      this.#shown.set(one.seat, video);
      this.#tiles.attach(one.seat, video);
    }
    this.#tiles.put(one.seat, one.name);
    this.#tiles.say(one.seat, one.line);
    play(video, one.stream);
    if (one.stream) source?.shown(one.seat, video.clientWidth, video.clientHeight);
  }

  #forget(pictures: readonly Picture[]): void {
    for (const seat of this.#shown.keys()) {
      if (pictures.some((one) => one.seat === seat)) continue;
      this.#tiles.remove(seat);
      this.#shown.delete(seat);
    }
  }

  #hint(lent: boolean): void {
    const words = lent ? (isFull() ? "" : pressKey()) : noWindow();
    put(this.#key, words);
  }
}

/** Words in their place, which is hidden without any. */
function put(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words;
  element.hidden = words === "";
}

/** The clerk's window, when this one was opened by it and it is there. */
function lender(): ScreenSource | undefined {
  try {
    return (window.opener as Window | null)?.tiepdanStage?.screen;
  } catch {
    return undefined; // It has gone to another address.
  }
}

function picture(): HTMLVideoElement {
  const video = document.createElement("video");
  // The sound is the clerk's window's: here it would be heard twice.
  [video.muted, video.autoplay, video.playsInline] = [true, true, true];
  return video;
}

function play(video: HTMLVideoElement | null, stream: MediaProvider | null): void {
  if (!video || video.srcObject === stream) return;
  video.srcObject = stream;
  if (stream) void video.play().catch(() => {});
}

function isFull(): boolean {
  return document.fullscreenElement !== null || matchMedia("(display-mode: fullscreen)").matches;
}

function fillScreen(): void {
  if (!isFull()) document.documentElement.requestFullscreen?.().catch(() => {});
}

const pressKey = (): string =>
  say("Cán bộ nhấn phím F11 để hình đầy màn hình.", "For the clerk: press F11 to fill the screen.");
const noWindow = (): string =>
  say(
    "Chưa có hình: cán bộ mở màn hình này bằng nút trên trang có camera.",
    "No picture yet: the clerk opens this screen with the button on the page with the camera.",
  );
