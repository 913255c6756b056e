import { clockOffset, elapsedWords } from "./clock-format";

/** Shows how long a turn has been running, on the server's clock (which a rehearsal may have moved). */
export class TurnClock extends HTMLElement {
  #offset = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.#offset = clockOffset(this.dataset["serverNow"], Date.now());
    this.setAttribute("role", "timer");
    this.#show();
    if (!this.dataset["stoppedAt"]) this.#timer = setInterval(() => this.#show(), 1000);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
  }

  #show(): void {
    const started = Date.parse(this.dataset["startedAt"] ?? "");
    const until = Date.parse(this.dataset["stoppedAt"] ?? "") || Date.now() + this.#offset;
    this.textContent = Number.isNaN(started) ? "--:--" : elapsedWords(until - started);
  }
}
