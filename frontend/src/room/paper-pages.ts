/** Pictures of a shown paper's pages: fetched once, the next one before it is asked for, forgotten when far. */

/** The server draws pages one after another: a page may come a little later than its number. */
const AGAIN = 700;
const ATTEMPTS = 40;

export class PaperPages {
  readonly #pages = new Map<number, Promise<string>>();
  #over = false;

  /** `address` + number + "/" + `query` is where a page is; `count` how many there are. */
  constructor(
    readonly address: string,
    readonly query: string,
    readonly count: number,
  ) {}

  /** Where the picture of a page may be shown from, or "" when it cannot be had; the next one follows. */
  async show(page: number): Promise<string> {
    const url = await this.#page(page);
    if (page < this.count) void this.#page(page + 1);
    for (const one of [...this.#pages.keys()]) if (Math.abs(one - page) > 1) this.#forget(one);
    return url;
  }

  /** Nothing of the paper stays in this page's memory. */
  forget(): void {
    this.#over = true;
    for (const one of [...this.#pages.keys()]) this.#forget(one);
  }

  #page(page: number): Promise<string> {
    const known = this.#pages.get(page);
    if (known) return known;
    const asked = this.#fetch(page);
    this.#pages.set(page, asked);
    // What could not be had is asked for again the next time somebody wants it.
    void asked.then((url) => url === "" && this.#pages.delete(page));
    return asked;
  }

  async #fetch(page: number): Promise<string> {
    for (let attempt = 0; attempt < ATTEMPTS && !this.#over; attempt += 1) {
      const answer = await fetch(`${this.address}${page}/${this.query}`, { credentials: "same-origin" }).catch(() => undefined);
      if (answer?.status === 200) {
        const picture = await answer.blob().catch(() => undefined);
        if (picture) return this.#over ? "" : URL.createObjectURL(picture);
      } else if (answer && answer.status >= 400 && answer.status < 500) return "";
      await new Promise((done) => setTimeout(done, AGAIN));
    }
    return "";
  }

  #forget(page: number): void {
    const known = this.#pages.get(page);
    this.#pages.delete(page);
    void known?.then((url) => url && URL.revokeObjectURL(url));
  }
}
