import { say } from "../language";
import { PaperPages } from "./paper-pages";
import { PaperPointer, type Spot } from "./paper-pointer";
import type { SittingEvent } from "./sitting-events";
import { part } from "./tiles";

/** Milliseconds after an admission until the server is asked what is shown: the way into the room comes first. */
const AFTER_ADMISSION = 1000;

interface Shown {
  readonly showing: string;
  readonly name: string;
  readonly pages: number;
  readonly files: PaperPages;
}

/**
 * The paper on the screens of a turn: the same page for everybody, turned by who shows it.
 *
 * The server says what is shown; events only say that something changed. Attributes: `data-state-url`; on pages
 * from which papers are shown also `data-act-url` (turn), `data-point-url`, `data-csrf`; on the television, where
 * nothing is pressed, `data-plain`. While something is shown it
 * carries `data-shown`, and `data-first` when the layout puts papers first.
 */
export class PaperView extends HTMLElement {
  readonly #picture = document.createElement("img");
  readonly #sheet = part("div", "paper__sheet");
  readonly #pane = part("div", "paper__pane");
  readonly #words = part("p", "paper__words");
  readonly #bar = part("div", "paper__bar cluster");
  readonly #before = press(say("Trang trước", "Previous page"), () => this.#turn(this.#page - 1));
  readonly #next = press(say("Trang sau", "Next page"), () => this.#turn(this.#page + 1));
  readonly #point = press(say("Con trỏ", "Pointer"), () => this.#pointing(!this.#pointer.on));
  readonly #wide = press(say("Phóng to", "Enlarge"), () => this.#widen());
  readonly #pointer = new PaperPointer(this.#sheet, (spot) => this.#sendSpot(spot));
  #shown: Shown | undefined;
  #page = 0;
  #asks = 0;
  /** When the newest turn was called. */
  #called = "";
  #soon: ReturnType<typeof setTimeout> | undefined;
  #sending = 0;
  #queue: Promise<void> = Promise.resolve();

  connectedCallback(): void {
    this.#build();
    for (const [kind, act] of this.#news) document.body.addEventListener(kind, act);
    void this.#ask();
  }

  disconnectedCallback(): void {
    for (const [kind, act] of this.#news) document.body.removeEventListener(kind, act);
    clearTimeout(this.#soon);
    this.#hide();
  }

  readonly #news: readonly (readonly [string, (event: Event) => void])[] = [
    ["sitting:paper", (event) => this.#told(data(event))],
    ["sitting:called", (event) => void (this.#called = row(event)?.at ?? "")],
    ["sitting:admitted", (event) => this.#admitted(row(event))],
    ["sitting:withdrawn", () => this.#shown && void this.#ask()],
    ["sitting:directed", (event) => this.#arrange(data(event)["layout"])],
    ["sitting:pointer", (event) => this.#pointed((event as CustomEvent<Record<string, unknown>>).detail)],
  ];

  get #may(): boolean {
    return this.dataset["actUrl"] !== undefined;
  }

  /**
   * Who comes into a turn that goes on may find a paper there; only those inside were told of it. A turn called this
   * very moment (rows of one act have one time) shows none, nor does any other room: everybody's way in needs the server.
   */
  #admitted(told: SittingEvent | undefined): void {
    if (told?.data["part"] !== "visit" || told.at === this.#called) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#ask(), AFTER_ADMISSION);
  }

  async #ask(): Promise<void> {
    const ask = ++this.#asks;
    const answer = await fetch(this.dataset["stateUrl"] ?? "", { credentials: "same-origin", cache: "no-store" }).catch(() => undefined);
    if (ask !== this.#asks || !this.isConnected || !answer?.ok || answer.redirected) return;
    const told = (await answer.json()) as Record<string, unknown>;
    if (ask === this.#asks) this.#take(told);
  }

  #take(told: Record<string, unknown>): void {
    const [showing, pages] = [text(told["showing"]), Number(told["pages"]) || 0];
    if (showing === "") return this.#hide();
    if (showing !== this.#shown?.showing) {
      this.#hide();
      const files = new PaperPages(text(told["address"]), text(told["query"]), pages);
      this.#shown = { showing, name: text(told["name"]), pages, files };
    }
    this.#arrange(told["layout"]);
    this.#go(Number(told["page"]) || 1);
  }

  #told(told: Readonly<Record<string, unknown>>): void {
    if (told["showing"] === "") return this.#hide();
    if (told["showing"] !== this.#shown?.showing) return void this.#ask();
    // Our own turns are on their way: an older one that comes back now would leaf to and fro.
    if (this.#sending === 0) this.#go(Number(told["page"]) || 1);
  }

  #go(page: number): void {
    const shown = this.#shown;
    if (!shown || page === this.#page) return;
    this.#page = page;
    this.dataset["shown"] = "";
    this.hidden = false;
    const words = say(`${shown.name}, trang ${page} trong ${shown.pages}`, `${shown.name}, page ${page} of ${shown.pages}`);
    this.#words.textContent = words;
    // A button that has the focus stays one that can have it.
    this.#before.setAttribute("aria-disabled", String(page <= 1));
    this.#next.setAttribute("aria-disabled", String(page >= shown.pages));
    if (!this.#may) this.#pointer.show(undefined);
    this.dataset["loading"] = "";
    void shown.files.show(page).then((url) => this.#picked(shown, page, url, words));
  }

  #picked(shown: Shown, page: number, url: string, words: string): void {
    if (this.#shown !== shown || this.#page !== page) return;
    delete this.dataset["loading"];
    this.#pane.scrollTop = 0;
    this.#picture.alt = words;
    if (url !== "") this.#picture.src = url;
    else this.#words.textContent = `${words}. ${say("Chưa tải được trang này.", "This page could not be loaded.")}`;
  }

  #hide(): void {
    this.#asks += 1; // an answer on its way is of before
    this.#shown?.files.forget();
    this.#shown = undefined;
    this.#page = 0;
    this.#pointing(false);
    this.#pointer.show(undefined);
    this.hidden = true;
    this.#picture.removeAttribute("src");
    this.#picture.alt = "";
    this.#words.textContent = "";
    delete this.dataset["shown"];
  }

  #arrange(layout: unknown): void {
    if (typeof layout === "string") this.toggleAttribute("data-first", layout === "document");
  }

  #turn(page: number): void {
    const shown = this.#shown;
    if (!shown || !this.#may || page < 1 || page > shown.pages || page === this.#page) return;
    this.#go(page);
    this.#sending += 1;
    this.#queue = this.#queue.then(async () => {
      const told = await this.#post(this.dataset["actUrl"], { showing: shown.showing, page: String(page) });
      this.#sending -= 1;
      if (!told) await this.#ask();
    });
  }

  #pointing(on: boolean): void {
    this.#pointer.turn(on && this.#shown !== undefined);
    this.#point.setAttribute("aria-pressed", String(this.#pointer.on));
  }

  #sendSpot(spot: Spot): void {
    const [x, y] = spot ?? ["", ""];
    const showing = this.#shown?.showing;
    if (showing) void this.#post(this.dataset["pointUrl"], { showing, x: String(x), y: String(y) });
  }

  #pointed(told: Readonly<Record<string, unknown>>): void {
    if (this.#pointer.on || told["showing"] !== this.#shown?.showing) return;
    const { x, y } = told;
    this.#pointer.show(typeof x === "number" && typeof y === "number" ? [x, y] : undefined);
  }

  /** Whether the server did it. */
  async #post(url: string | undefined, fields: Record<string, string>): Promise<boolean> {
    const headers = { "X-CSRFToken": this.dataset["csrf"] ?? "" };
    const body = new URLSearchParams(fields);
    const answer = await fetch(url ?? "", { method: "POST", headers, body, credentials: "same-origin" }).catch(() => undefined);
    return answer?.status === 204;
  }

  #widen(): void {
    this.toggleAttribute("data-wide");
    this.#wide.setAttribute("aria-pressed", String(this.hasAttribute("data-wide")));
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.#shown) return;
    if (this.#pointer.key(event.key)) return event.preventDefault();
    const page = { PageDown: this.#page + 1, ArrowRight: this.#page + 1, PageUp: this.#page - 1, ArrowLeft: this.#page - 1, Home: 1, End: this.#shown.pages }[event.key];
    if (page === undefined) return;
    event.preventDefault();
    this.#turn(page);
  };

  #build(): void {
    if (this.#pane.isConnected) return;
    this.#words.setAttribute("role", "status");
    this.#sheet.prepend(this.#picture);
    this.#pane.append(this.#sheet);
    this.#pane.tabIndex = 0;
    this.#pane.setAttribute("role", "group");
    const keys = say("Giấy tờ trình chiếu. Page Up, Page Down để lật trang.", "Paper shown. Page Up and Page Down turn its pages.");
    this.#pane.setAttribute("aria-label", this.#may ? keys : say("Giấy tờ trình chiếu", "Paper shown"));
    for (const toggle of [this.#point, this.#wide]) toggle.setAttribute("aria-pressed", "false");
    if (this.#may) this.#bar.append(this.#before, this.#next, this.#point);
    if (this.dataset["plain"] === undefined) this.#bar.append(this.#wide);
    if (this.#may) this.addEventListener("keydown", this.#key);
    this.append(this.#pane, this.#words, this.#bar);
    this.#hide();
  }
}

function press(words: string, act: () => void): HTMLButtonElement {
  const button = part("button", "button small", words) as HTMLButtonElement;
  button.type = "button";
  button.onclick = act;
  return button;
}

function row(event: Event): SittingEvent | undefined {
  return (event as CustomEvent<SittingEvent | null>).detail ?? undefined;
}

function data(event: Event): Readonly<Record<string, unknown>> {
  return row(event)?.data ?? {};
}

function text(told: unknown): string {
  return typeof told === "string" ? told : "";
}
