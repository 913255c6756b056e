/**
 * A hand scanner types what it reads: many keys in a burst, then Enter.  Twelve digits and a bar at that speed are the
 * QR code of an identity card, wherever the cursor stands; its keys go to no field.
 */
const BETWEEN_KEYS = 200;
const QUIET = 400;
const BEGINS = /^\d{12}\|/;
const BARS = 6;

export class Burst {
  #text = "";
  #last = -Infinity;
  #timer = 0;
  #field: HTMLInputElement | HTMLTextAreaElement | null = null;
  #before = "";

  constructor(
    readonly done: (text: string) => void,
    readonly spare: () => HTMLElement | null = () => null,
  ) {}

  /** Takes a key pressed at `now` (milliseconds, however late it is heard); a card's keys are kept from the page. */
  key(event: KeyboardEvent, now = event.timeStamp): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === "Enter" || event.key === "Tab") return this.#enter(event);
    if (event.key.length !== 1) return;
    if (!this.#reading() && now - this.#last > BETWEEN_KEYS) this.#begin();
    this.#last = now;
    const before = this.#reading();
    this.#text += event.key;
    if (!this.#reading()) return;
    this.#take(event);
    if (!before) this.#putBack();
  }

  /** Takes letters that come without a key of their own, as «ễ» does from many scanners. */
  letters(event: InputEvent): void {
    if (!this.#reading() || !event.data) return;
    this.#text += event.data;
    this.#take(event);
  }

  #take(event: Event): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#end(), QUIET);
  }

  #reading(): boolean {
    return BEGINS.test(this.#text);
  }

  #begin(): void {
    const field = document.activeElement;
    this.#text = "";
    this.#field = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null;
    this.#before = this.#field?.value ?? "";
  }

  /** The first twelve digits stood in a field before anybody could know; some field must take the letters. */
  #putBack(): void {
    if (!this.#field) return this.spare()?.focus();
    this.#field.value = this.#before;
    this.#field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #enter(event: KeyboardEvent): void {
    if (this.#reading()) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    this.#end();
  }

  #end(): void {
    window.clearTimeout(this.#timer);
    const text = this.#text;
    this.#text = "";
    if (BEGINS.test(text) && text.split("|").length > BARS) this.done(text);
  }
}
