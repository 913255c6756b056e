/** What a card says goes into the form: fields flash, and a divided commune is asked in place. */
import { say } from "../language";

const FLASH = 1800;

interface Commune {
  value: string;
  text: string;
}
interface CardAnswer {
  note: string;
  fields?: Record<string, string>;
  communes?: Commune[];
}

type Field = HTMLInputElement | HTMLSelectElement;

function field(form: HTMLFormElement, name: string): Field {
  return form.elements.namedItem(name) as Field;
}

function fill(control: Field, value: string): void {
  control.value = value;
  control.classList.add("filled");
  window.setTimeout(() => control.classList.remove("filled"), FLASH);
}

function tell(form: HTMLFormElement, words: string): void {
  form.querySelector("[data-card-note]")!.textContent = words;
}

/** The communes an old one may have become, as buttons under the note. */
function ask(form: HTMLFormElement, communes: Commune[]): void {
  const box = form.querySelector<HTMLElement>("[data-card-communes]")!;
  box.replaceChildren(
    ...communes.map(({ value, text }) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button small" });
      button.textContent = text;
      button.addEventListener("click", () => {
        fill(field(form, "commune"), value);
        box.replaceChildren();
        field(form, "phone").focus();
      });
      return button;
    }),
  );
  box.querySelector("button")?.focus();
}

function settle(form: HTMLFormElement, communes: Commune[]): void {
  const commune = field(form, "commune");
  const [only] = communes;
  fill(commune, communes.length === 1 && only ? only.value : "");
  ask(form, communes.length > 1 ? communes : []);
  if (communes.length === 0) commune.focus();
  if (communes.length === 1) field(form, "phone").focus();
}

/** Asks the server what the card says and fills the form with it. */
export async function takeCard(form: HTMLFormElement, text: string): Promise<void> {
  const body = new FormData();
  body.set("card", text);
  body.set("csrfmiddlewaretoken", field(form, "csrfmiddlewaretoken").value);
  let answer: CardAnswer;
  try {
    const response = await fetch(form.dataset["card"]!, { method: "POST", body });
    answer = (await response.json()) as CardAnswer;
  } catch {
    return tell(form, say("Mất mạng: chưa đọc được thẻ. Hãy quét lại, hoặc gõ tay.", "No network: the card was not read. Scan again, or type."));
  }
  tell(form, answer.note);
  if (!answer.fields) return;
  for (const [name, value] of Object.entries(answer.fields)) fill(field(form, name), value);
  settle(form, answer.communes ?? []);
  field(form, "full_name").dispatchEvent(new Event("change", { bubbles: true }));
}
