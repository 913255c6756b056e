/**
 * Dangerous forms ask once more, in place and without a window over the page.
 *
 * `<form data-confirm="question" data-confirm-label="what will happen">`: the first press shows the question beside
 * the button; only the second press sends. Without JavaScript the form simply sends, and the server asks.
 */
import { say } from "../language";

export class Confirmation {
  readonly #box = document.createElement("div");

  constructor(
    readonly form: HTMLFormElement,
    readonly submitter: HTMLElement | null,
  ) {
    this.#box.className = "confirm";
    this.#box.setAttribute("role", "group");
    this.#box.setAttribute("aria-label", say("Xác nhận", "Confirmation"));
    const question = document.createElement("p");
    question.textContent = form.dataset["confirm"] ?? "";
    const yes = this.#button(form.dataset["confirmLabel"] ?? this.submitter?.textContent ?? "", "button danger primary");
    const no = this.#button(say("Thôi, không làm", "No, leave it"), "button");
    yes.addEventListener("click", () => this.#send());
    no.addEventListener("click", () => this.#close());
    this.#box.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    this.#box.append(question, no, yes);
  }

  /** Shows the question and stands on the harmless answer. */
  ask(): void {
    this.form.dataset["asking"] = "";
    this.form.append(this.#box);
    this.submitter?.setAttribute("hidden", "");
    this.#box.querySelector("button")?.focus();
  }

  #send(): void {
    this.form.dataset["confirmed"] = "";
    this.#close();
    this.form.requestSubmit(this.submitter);
    delete this.form.dataset["confirmed"];
  }

  #close(): void {
    delete this.form.dataset["asking"];
    this.#box.remove();
    this.submitter?.removeAttribute("hidden");
    this.submitter?.focus();
  }

  #button(words: string, className: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.textContent = words.trim();
    return button;
  }
}

/** Stands before every form of the page, also those htmx brings later. */
export function guard(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset["confirm"] || "confirmed" in form.dataset) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!("asking" in form.dataset)) new Confirmation(form, event.submitter).ask();
}

document.addEventListener("submit", guard, { capture: true });
