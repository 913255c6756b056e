/** One file sent in pieces; a broken line costs one piece, a reloaded page nothing of what arrived. */

export type Answers = (url: string, init: RequestInit) => Promise<Response>;

/** The server will not have this file; the message is for the person. */
export class RefusedError extends Error {}

const SMALLEST = 64 * 1024;
const LARGEST = 1024 * 1024;
const FAST = 2_000;
const STALLED = 60_000;
const PAUSES = [1_000, 2_000, 5_000, 10_000];
const LINE_FAULTS = new Set([408, 429, 502, 503, 504]);

export class Sending {
  #offset = 0;
  #piece = SMALLEST;

  constructor(
    readonly file: File,
    readonly begin: string,
    readonly csrf: string,
    readonly answers: Answers,
    readonly tell: (offset: number, waiting: boolean) => void,
    readonly pause: (milliseconds: number) => Promise<void> = pauseOrOnline,
  ) {}

  /** Sends what is missing; gives the id under which the form names the file. */
  async run(): Promise<string> {
    const { id, url } = (await this.#known()) ?? (await this.#announce());
    while (this.#offset < this.file.size) {
      this.tell(this.#offset, false);
      const answer = await this.#patch(url);
      this.#offset = Number(answer.headers.get("Upload-Offset"));
    }
    sessionStorage.removeItem(this.#memory);
    return id;
  }

  /** The same file chosen again after a reload goes on where it was. */
  async #known(): Promise<{ id: string; url: string } | null> {
    const [id, url] = (sessionStorage.getItem(this.#memory) ?? "").split(" ");
    if (!id || !url) return null;
    const answer = await this.#untilAnswered(url, { method: "HEAD" });
    if (answer.status !== 200) return null;
    this.#offset = Number(answer.headers.get("Upload-Offset"));
    return { id, url };
  }

  async #announce(): Promise<{ id: string; url: string }> {
    const body = new URLSearchParams({ name: this.file.name, size: String(this.file.size) });
    const answer = await this.#untilAnswered(this.begin, { method: "POST", body });
    const said = (await answer.json()) as { id: string; url: string; said?: string };
    if (answer.status === 422) throw new RefusedError(said.said);
    if (answer.status !== 201) throw new Error(`announcing: ${answer.status}`);
    sessionStorage.setItem(this.#memory, `${said.id} ${said.url}`);
    return said;
  }

  /** Sends the next piece; after a fault of the line asks how far the server is. */
  async #patch(url: string): Promise<Response> {
    const piece = this.file.slice(this.#offset, this.#offset + this.#piece);
    const headers = { "Upload-Offset": String(this.#offset), "Content-Type": "application/octet-stream" };
    const began = performance.now();
    const answer = await this.#try(url, { method: "PATCH", body: piece, headers });
    if (answer?.status === 204) {
      const quick = performance.now() - began < FAST;
      this.#piece = quick ? Math.min(LARGEST, this.#piece * 2) : Math.max(SMALLEST, this.#piece / 2);
      return answer;
    }
    if (answer?.status === 409) return answer;
    if (answer) throw new Error(`sending: ${answer.status}`);
    this.#piece = SMALLEST;
    const where = await this.#untilAnswered(url, { method: "HEAD" });
    if (where.status !== 200) throw new Error(`asking: ${where.status}`);
    return where;
  }

  async #untilAnswered(url: string, init: RequestInit): Promise<Response> {
    for (let failures = 0; ; failures += 1) {
      const answer = await this.#try(url, init);
      if (answer) return answer;
      this.tell(this.#offset, true);
      await this.pause(PAUSES[Math.min(failures, PAUSES.length - 1)]!);
    }
  }

  /** The answer, or nothing when the line or the server's door failed. */
  async #try(url: string, init: RequestInit): Promise<Response | null> {
    try {
      const answer = await this.answers(url, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), "X-CSRFToken": this.csrf },
        signal: AbortSignal.timeout(STALLED),
      });
      return LINE_FAULTS.has(answer.status) ? null : answer;
    } catch {
      return null;
    }
  }

  get #memory(): string {
    return `upload ${this.file.name} ${this.file.size} ${this.file.lastModified}`;
  }
}

/** Waits, at most until the browser says that there is a network again. */
function pauseOrOnline(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => (clearTimeout(timer), removeEventListener("online", done), resolve());
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
  });
}
