import { say } from "../language";
import { STREAM_DELAYS, delayAfter } from "./backoff";

/** One row of a sitting's event table as the server streams it. */
export interface SittingEvent {
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Kinds that only one part of the page follows: nothing else on it changes, so nothing is fetched anew. */
const QUIET = new Set(["paper", "paper_turned"]);

/** Kinds that a page of one seat has nothing to show of when they are of another: somebody came or went there. */
const OF_ONE_SEAT = new Set(["admitted", "withdrawn", "joined", "left", "seat_taken", "seat_released"]);

/** The server beats every 15 to 30 s, whatever else it tells; silence for longer means a dead line that nobody reported. */
const SILENCE = 40_000;

/**
 * Keeps the page's event stream open and hands each row, once and in order, to the page as `sitting:<kind>` and
 * `sitting:any` on `document.body`. Attributes: `data-events` (address), `data-last` (last row the page shows), `data-own`
 * (the code of the seat whose page this is, if it is one).
 */
export class SittingEvents extends HTMLElement {
  #source: EventSource | undefined;
  #last = 0;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.#last = Number(this.dataset["last"] ?? 0) || 0;
    this.setAttribute("role", "status");
    this.#open();
  }

  disconnectedCallback(): void {
    this.#close();
  }

  #open(): void {
    this.#close();
    const url = new URL(this.dataset["events"] ?? "", location.href);
    // The browser sends Last-Event-ID only on its own reconnects, so a new stream says where we are itself.
    url.searchParams.set("after", String(this.#last));
    const source = new EventSource(url.toString());
    this.#source = source;
    source.onopen = () => this.#alive(source);
    source.onmessage = (message: MessageEvent<string>) => this.#take(source, message.data);
    source.addEventListener("pointer", (message: MessageEvent<string>) => this.#point(source, message.data));
    source.addEventListener("heartbeat", () => this.#listen(source));
    source.onerror = () => this.#broken(source);
  }

  #close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = undefined;
  }

  #alive(source: EventSource): void {
    if (source !== this.#source) return;
    this.#failures = 0;
    this.#say("ok", say("Đã nối với máy chủ", "Connected"));
  }

  #listen(source: EventSource): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#retry(source), SILENCE);
  }

  #broken(source: EventSource): void {
    if (source !== this.#source) return;
    this.#say("lost", say("Mất liên lạc với máy chủ, đang nối lại", "Connection lost, trying again"));
    // While CONNECTING the browser tries by itself; after an error answer it gives up and we go on.
    if (source.readyState === EventSource.CLOSED) this.#retry(source);
  }

  #retry(source: EventSource): void {
    if (source !== this.#source) return;
    this.#close();
    this.#failures += 1;
    this.#say("lost", say("Mất liên lạc với máy chủ, đang nối lại", "Connection lost, trying again"));
    this.#timer = setTimeout(() => this.#open(), delayAfter(this.#failures, STREAM_DELAYS));
  }

  #take(source: EventSource, text: string): void {
    if (source !== this.#source) return;
    this.#listen(source);
    const event = readEvent(text);
    if (!event || event.sequence <= this.#last) return;
    this.#last = event.sequence;
    for (const name of [`sitting:${event.kind}`, ...(this.#isQuiet(event) ? [] : ["sitting:any"])])
      document.body.dispatchEvent(new CustomEvent(name, { detail: event }));
  }

  #isQuiet({ kind, data }: SittingEvent): boolean {
    const own = this.dataset["own"];
    return QUIET.has(kind) || (own !== undefined && OF_ONE_SEAT.has(kind) && data["seat"] !== own);
  }

  /** Where somebody points on a paper: no row, it has no number and is never told again. */
  #point(source: EventSource, text: string): void {
    if (source !== this.#source) return;
    this.#listen(source);
    document.body.dispatchEvent(new CustomEvent("sitting:pointer", { detail: JSON.parse(text) }));
  }

  #say(state: string, words: string): void {
    // Telling the same words again would make a screen reader repeat them at every attempt.
    if (this.dataset["state"] === state) return;
    this.dataset["state"] = state;
    this.textContent = words;
  }
}

/** The row in a message, or nothing when it is not one of ours. */
export function readEvent(text: string): SittingEvent | undefined {
  try {
    const told = JSON.parse(text) as Partial<SittingEvent> | null;
    if (typeof told?.sequence !== "number" || typeof told.kind !== "string") return undefined;
    return { sequence: told.sequence, kind: told.kind, at: told.at ?? "", data: told.data ?? {} };
  } catch {
    return undefined;
  }
}
