/** The pictures on the stage: one tile a seat, with its name, speaking ring and line in words. */

import { say } from "../language";
import type { Picture } from "./screen-source";
import { volume } from "./volume";

export type LineQuality = "good" | "weak" | "lost";

export const lineWords = (quality: LineQuality): string =>
  ({
    good: "",
    weak: say("Đường truyền yếu: đã giảm hình, tiếng vẫn tốt", "Weak line: picture reduced, sound is still good"),
    lost: say("Mất đường truyền, đang chờ nối lại", "Line lost, waiting for it to come back"),
  })[quality];

/** A seat's second picture, a screen or a paper, has a tile of its own beside the seat's. */
const PAPER = ":paper";
export const paperOf = (seat: string): string => seat + PAPER;
export const isPaper = (tile: string): boolean => tile.endsWith(PAPER);
export const seatOf = (tile: string): string => (isPaper(tile) ? tile.slice(0, -PAPER.length) : tile);

interface Tile {
  readonly frame: HTMLElement;
  readonly name: HTMLElement;
  readonly line: HTMLElement;
}

export class Tiles {
  readonly #tiles = new Map<string, Tile>();
  readonly #qualities = new Map<string, LineQuality>();
  #reduced: ReadonlySet<string> = new Set();
  #main = "";
  #layout = "";
  #spotlight = "";
  #pinned: readonly string[] = [];

  constructor(readonly grid: HTMLElement) {}

  /** The seat shown large; "" lets all be equal. */
  set main(seat: string) {
    this.#main = seat;
    this.#arrange();
  }

  /** As the chair has it: every screen's layout, and the seat shown large wherever it is seen; "" for none. */
  direct(layout: string, spotlight: string): void {
    this.#layout = layout;
    this.#spotlight = spotlight;
    this.#arrange();
  }

  /** The seat that is large now. */
  get #large(): string {
    if (this.#layout === "grid") return "";
    const paper = this.#layout === "document" ? [...this.#tiles.keys()].find(isPaper) : undefined;
    if (paper) return paper;
    return this.#tiles.has(this.#spotlight) ? this.#spotlight : this.#main;
  }

  /** Seats with the sign interpreter: at least a quarter of the width, beside whatever is large. */
  set pinned(seats: readonly string[]) {
    this.#pinned = seats;
    this.#arrange();
  }

  put(seat: string, name: string): void {
    const tile = this.#tiles.get(seat) ?? this.#make(seat);
    tile.name.textContent = name || seat;
    this.#arrange();
  }

  /** Shows media of a seat; the element comes from the client, already playing. */
  attach(seat: string, element: HTMLElement): void {
    if (!this.#tiles.has(seat)) this.put(seat, "");
    if (element instanceof HTMLVideoElement) element.onresize = () => tall(element);
    if (element instanceof HTMLAudioElement) element.volume = volume();
    this.#tiles.get(seat)?.frame.prepend(element);
  }

  remove(seat: string): void {
    this.#tiles.get(seat)?.frame.remove();
    this.#tiles.delete(seat);
    this.#qualities.delete(seat);
    this.#arrange();
  }

  clear(): void {
    for (const seat of [...this.#tiles.keys()]) this.remove(seat);
  }

  /** What is shown now, for the citizen's window. */
  pictures(): Picture[] {
    return [...this.#tiles].map(([seat, { frame, name, line }]) => ({
      seat,
      name: name.textContent ?? "",
      main: seat === this.#large,
      pinned: this.#pinned.includes(seat),
      line: line.textContent ?? "",
      stream: frame.querySelector("video")?.srcObject ?? null,
    }));
  }

  speaking(seats: readonly string[]): void {
    for (const [seat, tile] of this.#tiles) tile.frame.classList.toggle("speaking", seats.includes(seat));
  }

  line(seat: string, quality: LineQuality): void {
    this.#qualities.set(seat, quality);
    this.say(seat, lineWords(quality === "good" && this.#reduced.has(seat) ? "weak" : quality));
  }

  /** Seats whose picture we reduced for our own weak line. */
  reduced(seats: ReadonlySet<string>): void {
    const before = this.#reduced;
    this.#reduced = seats;
    for (const seat of this.#tiles.keys())
      if (before.has(seat) !== seats.has(seat)) this.line(seat, this.#qualities.get(seat) ?? "good");
  }

  /** Words over a picture; "" takes them away. */
  say(seat: string, words: string): void {
    const line = this.#tiles.get(seat)?.line;
    if (line && line.textContent !== words) line.textContent = words;
  }

  #make(seat: string): Tile {
    const [frame, name, line] = [part("figure", "tile"), part("figcaption", "tile__name"), part("p", "tile__line")];
    frame.dataset["seat"] = seat;
    line.setAttribute("role", "status");
    frame.append(name, line);
    this.grid.append(frame);
    const tile = { frame, name, line };
    this.#tiles.set(seat, tile);
    return tile;
  }

  #arrange(): void {
    const beside = this.#pinned.filter((seat) => this.#tiles.has(seat)).length;
    // Who is pinned stands beside the grid, unless nobody else is there.
    this.grid.dataset["count"] = String(Math.min(this.#tiles.size - beside || this.#tiles.size, 9));
    this.grid.dataset["layout"] = this.#layout;
    const large = this.#large;
    for (const [seat, tile] of this.#tiles) {
      tile.frame.classList.toggle("main", seat === large);
      tile.frame.classList.toggle("interpreter", this.#pinned.includes(seat));
    }
    this.grid.classList.toggle("has-main", this.#tiles.has(large) && this.#tiles.size > 1);
  }
}

/** A telephone held upright: its picture is shown whole, not cut to a strip. */
function tall(video: HTMLVideoElement): void {
  video.classList.toggle("tall", video.videoHeight > video.videoWidth);
}

/** An element with a class, nothing more. */
export function part(tag: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
