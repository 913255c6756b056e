/** What the clerk's window lends to the citizen's window: pictures, never a connection of its own. */
import type { ElementInfo } from "livekit-client";

/** One place on the citizen's screen. */
export interface Picture {
  readonly seat: string;
  readonly name: string;
  readonly main: boolean;
  /** Shows the sign interpreter: never small, whatever else is shown. */
  readonly pinned: boolean;
  /** Words about its line, or "". */
  readonly line: string;
  readonly stream: MediaProvider | null;
}

export interface ScreenSource {
  /** Everybody else in the room, the large one among them. */
  pictures(): readonly Picture[];
  /** This room's own picture. */
  own(): MediaProvider | null;
  /** Why this room is not heard, in words, or "". */
  silence(): string;
  /** The child says how large it shows a seat, so that the engine sends a picture of that size. */
  shown(seat: string, width: number, height: number): void;
  /** Whether a citizen's window has looked in the last two seconds. */
  watched(): boolean;
}

/** Milliseconds without a word from the child after which it counts as closed. */
export const SILENCE = 2000;

/**
 * A picture's size in the other window, told to the engine's client as if it were one of its elements.
 *
 * It counts as picture-in-picture: the client would otherwise stop the pictures when the clerk's own tab is
 * hidden, although the television still shows them.
 */
export class ShownElsewhere implements ElementInfo {
  readonly element = this;
  readonly visible = true;
  readonly pictureInPicture = true;
  readonly visibilityChangedAt = undefined;
  handleResize?: () => void;
  handleVisibilityChanged?: () => void;
  #size: readonly [number, number] = [0, 0];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly ended: (info: ShownElsewhere) => void) {}

  width(): number {
    return this.#size[0];
  }

  height(): number {
    return this.#size[1];
  }

  /** To be repeated while it is shown; silence ends it. */
  resize(width: number, height: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.ended(this), SILENCE);
    if (this.#size[0] === width && this.#size[1] === height) return;
    this.#size = [width, height];
    this.handleResize?.();
  }

  observe(): void {}

  stopObserving(): void {
    clearTimeout(this.#timer);
  }
}
