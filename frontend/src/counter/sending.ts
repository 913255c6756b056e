/**
 * Sends the form until it has arrived: a line that drops costs nothing, the same submission key makes it one filing.
 */
import { say } from "../language";

const AGAIN = 4000;
const SERVER_AWAY = 500;

export type Outcome =
  | { kind: "saved"; where: string }
  | { kind: "signed out"; where: string }
  | { kind: "refused"; html: string }
  | { kind: "given up"; words: string };

type Send = (url: string, init: RequestInit) => Promise<Response>;

/** Resolves when the line may be back, at the latest after a few seconds. */
export function lineIsBack(): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(done, AGAIN);
    function done(): void {
      window.clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    }
    window.addEventListener("online", done);
  });
}

/** One filing on its way; `stop` leaves it, because the form is sent anew. */
export class Submission {
  #stopped = false;

  constructor(
    readonly url: string,
    readonly body: FormData,
    readonly waiting: () => void,
    readonly send: Send = (url, init) => fetch(url, init),
    readonly pause: () => Promise<void> = lineIsBack,
  ) {}

  stop(): void {
    this.#stopped = true;
  }

  /** What came of it; null when it was stopped meanwhile. */
  async run(): Promise<Outcome | null> {
    while (!this.#stopped) {
      const response = await this.#once();
      if (this.#stopped) return null;
      if (response) return this.#outcome(response);
      this.waiting();
      await this.pause();
    }
    return null;
  }

  async #once(): Promise<Response | null> {
    try {
      const headers = { Accept: "application/json" };
      const response = await this.send(this.url, { method: "POST", body: this.body, headers });
      return response.status >= SERVER_AWAY ? null : response;
    } catch {
      return null;
    }
  }

  async #outcome(response: Response): Promise<Outcome> {
    if (response.headers.get("Content-Type")?.startsWith("application/json")) {
      return { kind: "saved", where: ((await response.json()) as { where: string }).where };
    }
    if (response.redirected) return { kind: "signed out", where: response.url };
    if (response.ok) return { kind: "refused", html: await response.text() };
    return {
      kind: "given up",
      words: say(
        `Máy chủ không nhận (lỗi ${response.status}). Bản nháp được giữ: hãy tải lại trang rồi mở lại bản nháp.`,
        `The server refused it (error ${response.status}). The draft is kept: load the page again, then open the draft.`,
      ),
    };
  }
}
