/** Plays a recording beside its chapters and minutes: pressing a line jumps, playing marks the line it is at. */
import { say } from "../language";

interface Moment {
  readonly at: number;
  readonly title?: string;
  readonly text?: string;
}

interface Gap {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** What the server knows of a recording; all times are seconds from its beginning. */
export interface Recording {
  readonly duration: number;
  readonly chapters: readonly Moment[];
  readonly gaps: readonly Gap[];
  readonly minutes: readonly Moment[];
}

/** "mm:ss", from one hour on "h:mm:ss". */
export function positionWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return `${hours > 0 ? `${hours}:` : ""}${two(minutes)}:${two(whole % 60)}`;
}

/** Index of the last moment not after `seconds`; -1 before the first. */
export function momentAt(moments: readonly Moment[], seconds: number): number {
  return moments.findLastIndex((moment) => moment.at <= seconds);
}

export class RecordingPlayer extends HTMLElement {
  #video = document.createElement("video");
  #now = element("span", "player__now");

  connectedCallback(): void {
    const recording = readRecording(this.querySelector("script")?.textContent ?? "");
    const root = element("div", "player");
    this.#video = document.createElement("video");
    Object.assign(this.#video, { src: this.dataset["src"] ?? "", controls: true, preload: "metadata" });
    this.#video.setAttribute("aria-label", this.dataset["label"] ?? say("Bản ghi hình", "Recording"));
    root.append(this.#video, this.#bar(recording), ...gapList(recording.gaps));
    root.append(...this.#list(say("Các phần", "Parts"), recording.chapters), ...this.#list(say("Biên bản", "Minutes"), recording.minutes));
    this.append(root);
    this.#video.addEventListener("timeupdate", () => this.#show(recording.duration));
  }

  #bar(recording: Recording): HTMLElement {
    const bar = element("div", "player__bar");
    bar.setAttribute("aria-hidden", "true"); // The list of gaps below says the same in words.
    for (const gap of recording.gaps) {
      const mark = element("span", "player__gap");
      mark.style.left = `${(gap.from / recording.duration) * 100}%`;
      mark.style.width = `${((gap.to - gap.from) / recording.duration) * 100}%`;
      bar.append(mark);
    }
    bar.append(this.#now);
    return bar;
  }

  #list(title: string, moments: readonly Moment[]): HTMLElement[] {
    if (moments.length === 0) return [];
    const list = document.createElement("ol");
    for (const moment of moments) {
      const jump = element("button", "player__jump") as HTMLButtonElement;
      jump.type = "button";
      jump.append(element("span", "", positionWords(moment.at)), element("span", "", moment.title ?? moment.text ?? ""));
      jump.addEventListener("click", () => this.#jump(moment.at));
      const row = document.createElement("li");
      row.append(jump);
      list.append(row);
    }
    this.#video.addEventListener("timeupdate", () => mark(list, momentAt(moments, this.#video.currentTime)));
    return [element("h3", "", title), list];
  }

  #jump(seconds: number): void {
    this.#video.currentTime = seconds;
    void this.#video.play().catch(() => undefined); // Playing may need a press on the video itself.
  }

  #show(duration: number): void {
    this.#now.style.left = `${Math.min(100, (this.#video.currentTime / duration) * 100)}%`;
  }
}

function gapList(gaps: readonly Gap[]): HTMLElement[] {
  if (gaps.length === 0) return [element("p", "muted", say("Bản ghi liên tục, không có quãng trống.", "The recording has no gaps."))];
  const list = element("ul", "rows");
  for (const gap of gaps) {
    const [from, to] = [positionWords(gap.from), positionWords(gap.to)];
    const where = say(`Quãng trống ${from} đến ${to}`, `Gap ${from} to ${to}`);
    list.append(element("li", "", `${where}: ${gap.reason}`));
  }
  return [list];
}

function mark(list: HTMLElement, index: number): void {
  list.querySelectorAll(".player__jump").forEach((jump, position) => {
    if (position === index) jump.setAttribute("aria-current", "true");
    else jump.removeAttribute("aria-current");
  });
}

/** The server's data; one that cannot be read still leaves a playing video. */
export function readRecording(text: string): Recording {
  const nothing = { duration: 1, chapters: [], gaps: [], minutes: [] };
  try {
    const told = JSON.parse(text) as Partial<Recording>;
    return { ...nothing, ...told, duration: Math.max(1, told.duration ?? 1) };
  } catch {
    return nothing;
  }
}

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

customElements.define("recording-player", RecordingPlayer);
