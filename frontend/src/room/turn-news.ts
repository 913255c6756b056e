/**
 * Says to a screen reader what changed: whose turn, which state, what comes next.
 *
 * Regions of the page are replaced whole, so none of them can be a live region itself. Whatever carries
 * `data-announce` is read after each replacement and said politely when its words are new.
 */
export class TurnNews extends HTMLElement {
  #said = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    this.setAttribute("role", "status");
    this.#said = words();
    document.body.addEventListener("htmx:oobAfterSwap", this.#changed);
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    document.body.removeEventListener("htmx:oobAfterSwap", this.#changed);
  }

  /** Several regions come at once; they are said as one. */
  readonly #changed = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const now = words();
      if (now !== this.#said) this.textContent = this.#said = now;
    });
  };
}

function words(): string {
  const all = [...document.querySelectorAll("[data-announce]")].map((one) => one.textContent?.replace(/\s+/g, " ").trim());
  return [...new Set(all.filter(Boolean))].join(". ");
}
