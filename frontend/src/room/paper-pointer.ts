/** A finger on a paper: where one end points, the other end sees a dot. Shares of the page, never pixels. */
import { part } from "./tiles";

/** Milliseconds between two positions sent: seven a second are followed easily and cost nothing. */
const EVERY = 140;
/** A dot that rests is told again, for who comes late; one that is not told any more is of a page that is gone. */
const AGAIN = 2000;
const SILENCE = 5000;
/** Step of an arrow key. */
const STEP = 0.02;
const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export type Spot = readonly [number, number] | undefined;

export class PaperPointer {
  readonly dot = part("span", "paper__dot");
  #on = false;
  #spot: readonly [number, number] = [0.5, 0.5];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setInterval> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  /** `send` tells the others; undefined: nobody points any more. */
  constructor(
    readonly sheet: HTMLElement,
    readonly send: (spot: Spot) => void,
  ) {
    this.dot.hidden = true;
    this.dot.setAttribute("aria-hidden", "true");
    sheet.append(this.dot);
    sheet.addEventListener("pointermove", (event) => this.#moved(event));
  }

  get on(): boolean {
    return this.#on;
  }

  /** Begin or end to point. */
  turn(on: boolean): void {
    if (this.#on === on) return;
    this.#on = on;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    clearInterval(this.#again);
    if (on) this.#again = setInterval(() => this.send(this.#spot), AGAIN);
    this.#draw(on ? this.#spot : undefined);
    this.send(on ? this.#spot : undefined);
  }

  /** Whether the key was one that moves the dot. */
  key(name: string): boolean {
    const step = KEYS[name];
    if (!this.#on || !step) return false;
    this.#go([this.#spot[0] + step[0], this.#spot[1] + step[1]]);
    return true;
  }

  /** The dot as another end has it; it is not heard of any more when its page is closed. */
  show(spot: Spot): void {
    clearTimeout(this.#silence);
    if (spot) this.#silence = setTimeout(() => this.#draw(undefined), SILENCE);
    this.#draw(spot);
  }

  #draw(spot: Spot): void {
    this.dot.hidden = spot === undefined;
    if (spot) [this.dot.style.left, this.dot.style.top] = spot.map((share) => `${share * 100}%`) as [string, string];
  }

  #moved(event: PointerEvent): void {
    if (!this.#on) return;
    const box = this.sheet.getBoundingClientRect();
    if (box.width > 0 && box.height > 0)
      this.#go([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }

  #go(spot: readonly [number, number]): void {
    const within = (share: number): number => Math.min(1, Math.max(0, share));
    this.#spot = [within(spot[0]), within(spot[1])];
    this.#draw(this.#spot);
    // The last position of a movement is always sent, and no more than one each interval.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.send(this.#spot);
    }, EVERY);
  }
}
