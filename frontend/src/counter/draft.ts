/**
 * What was typed stays on this machine until it is saved, half a day has passed, or the person signs out (the
 * server's answer then clears the store); each person has their own.  Files are not kept.
 */
const PREFIX = "tiepdan.draft.";
const LIFE = 12 * 60 * 60 * 1000;
const STORY = ["full_name", "subject", "content"];
const NEVER = new Set(["csrfmiddlewaretoken"]);

export interface Draft {
  at: number;
  fields: [string, string][];
}

/** Keeps the form as it stands; an empty one is not worth keeping. */
export function keep(user: string, form: HTMLFormElement, now = Date.now()): void {
  const fields = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !NEVER.has(entry[0]),
  );
  if (!fields.some(([name, value]) => STORY.includes(name) && value.trim())) return;
  localStorage.setItem(PREFIX + user, JSON.stringify({ at: now, fields } satisfies Draft));
}

/** The person's draft; whatever is too old goes, whoever's it was. */
export function find(user: string, now = Date.now()): Draft | null {
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    const draft = read(name);
    if (!draft || now - draft.at > LIFE) localStorage.removeItem(name);
  }
  return read(PREFIX + user);
}

export function forget(user: string): void {
  localStorage.removeItem(PREFIX + user);
}

/** Puts a draft back into the form, its submission key too: what was sent already is not sent twice. */
export function restore(form: HTMLFormElement, draft: Draft): void {
  for (const control of form.elements) {
    const typed = control as HTMLInputElement;
    if (!typed.name || NEVER.has(typed.name) || typed.type === "file") continue;
    const values = draft.fields.filter(([name]) => name === typed.name).map(([, value]) => value);
    if (typed.type === "checkbox" || typed.type === "radio") typed.checked = values.includes(typed.value);
    else if (values[0] !== undefined) typed.value = values[0];
  }
}

function read(name: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}
