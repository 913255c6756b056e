/**
 * The counter form: a card's QR code by camera (F2) or hand scanner, Enter moves on, F9 saves; a draft is kept, and the
 * form is sent until it has arrived.  Without JavaScript it is a plain form.
 */
import { Burst } from "../counter/burst";
import { takeCard } from "../counter/card";
import * as drafts from "../counter/draft";
import { type Outcome, Submission } from "../counter/sending";
import { say } from "../language";

const SAVE_DRAFT_AFTER = 300;

const theForm = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form.counter");
const user = (): string => theForm()?.dataset["user"] ?? "";

let submission: Submission | null = null;
let camera: AbortController | null = null;
let draftTimer = 0;
let saved = false;

function tell(words: string): void {
  const line = document.querySelector<HTMLElement>("[data-line]");
  if (line) line.textContent = words;
}

function keptHere(): string {
  return say("Mất mạng, bản nháp được giữ trên máy này.", "No network; the draft is kept on this machine.");
}

// ---- The card ----------------------------------------------------------------------------------

async function useCamera(form: HTMLFormElement): Promise<void> {
  if (camera) return camera.abort();
  camera = new AbortController();
  const view = form.querySelector<HTMLElement>("[data-camera-view]")!;
  const note = form.querySelector<HTMLElement>("[data-card-note]")!;
  view.hidden = false;
  note.textContent = say("Đưa mã QR trên thẻ vào khung hình.", "Hold the QR code of the card into the picture.");
  try {
    const { scan } = (await import(/* @vite-ignore */ form.dataset["camera"]!)) as typeof import("./card-camera");
    const text = await scan(view.querySelector("video")!, form.dataset["wasm"]!, camera.signal);
    note.textContent = "";
    if (text) await takeCard(form, text);
  } catch {
    note.textContent = say(
      "Không mở được camera: hãy cho phép dùng camera, hoặc gõ tay.",
      "The camera cannot be used: allow it, or type.",
    );
  } finally {
    camera = null;
    view.hidden = true;
  }
}

// ---- Keys --------------------------------------------------------------------------------------

function next(from: HTMLElement & { name?: string }): void {
  const all = [...theForm()!.elements] as HTMLInputElement[];
  const after = all.slice(all.indexOf(from as HTMLInputElement) + 1);
  after.find((one) => one.type !== "hidden" && one.offsetParent && one.name !== from.name && one.tabIndex >= 0)?.focus();
}

function key(event: KeyboardEvent): void {
  const form = theForm();
  const at = event.target as HTMLElement;
  if (!form || event.defaultPrevented || event.isComposing) return;
  if (event.key === "F2") (event.preventDefault(), void useCamera(form));
  if (event.key === "F9") (event.preventDefault(), form.requestSubmit(form.querySelector<HTMLElement>("button.primary")));
  if (event.key === "Escape") camera?.abort();
  if (event.key !== "Enter" || at.closest("form") !== form) return;
  if (at.matches("input, select") || (at.matches("textarea") && event.ctrlKey)) (event.preventDefault(), next(at));
}

// ---- The draft ---------------------------------------------------------------------------------

function keepDraft(): void {
  const form = theForm();
  if (form && !saved) drafts.keep(user(), form);
}

function offerDraft(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("[data-draft]")!;
  const draft = drafts.find(user());
  if (!draft || form.querySelector(".error-summary")) return;
  const who = draft.fields.find(([name]) => name === "full_name")?.[1] ?? "";
  const time = new Date(draft.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  box.querySelector("p")!.textContent = say(
    `Có bản nháp chưa lưu lúc ${time}${who && `: ${who}`}.`,
    `There is a draft of ${time} that was not saved${who && `: ${who}`}.`,
  );
  box.hidden = false;
  box.querySelector("[data-open]")!.addEventListener("click", () => {
    drafts.restore(form, draft);
    box.hidden = true;
  });
  box.querySelector("[data-drop]")!.addEventListener("click", () => {
    drafts.forget(user());
    box.hidden = true;
  });
}

// ---- Sending -----------------------------------------------------------------------------------

async function send(form: HTMLFormElement): Promise<void> {
  submission?.stop();
  keepDraft();
  tell(say("Đang lưu…", "Saving…"));
  const own = new Submission(form.getAttribute("action") || location.href, new FormData(form), () =>
    tell(`${keptHere()} ${say("Sẽ tự gửi lại khi có mạng.", "It is sent again when the network is back.")}`),
  );
  submission = own;
  const outcome = await own.run();
  if (!outcome) return;
  submission = null;
  finish(form, outcome);
}

function finish(form: HTMLFormElement, outcome: Outcome): void {
  if (outcome.kind === "saved") {
    saved = true;
    drafts.forget(user());
    location.assign(outcome.where);
  } else if (outcome.kind === "signed out") location.assign(outcome.where);
  else if (outcome.kind === "refused") showAgain(form, outcome.html);
  else tell(outcome.words);
}

/** The page's answer in place of the form: what is wrong stands beside its field. */
function showAgain(form: HTMLFormElement, html: string): void {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector<HTMLFormElement>("form.counter");
  if (!fresh) return location.reload();
  document.title = page.title;
  form.replaceWith(fresh);
  (window as { htmx?: { process(node: Node): void } }).htmx?.process(fresh);
  prepare(fresh);
  fresh.querySelector<HTMLElement>(".error-summary")?.focus();
}

function prepare(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("[data-scan]")!.hidden = false;
  form.querySelector("[data-scan] button")!.addEventListener("click", () => void useCamera(form));
  offerDraft(form);
}

const burst = new Burst(
  (text) => {
    const form = theForm();
    if (form) void takeCard(form, text).then(keepDraft);
  },
  () => theForm()?.querySelector<HTMLElement>("[name=full_name]") ?? null,
);
document.addEventListener("beforeinput", (event) => burst.letters(event), { capture: true });
document.addEventListener("keydown", (event) => burst.key(event), { capture: true });
document.addEventListener("keydown", key);
document.addEventListener("input", (event) => {
  if ((event.target as Element).closest("form.counter")) {
    window.clearTimeout(draftTimer);
    draftTimer = window.setTimeout(keepDraft, SAVE_DRAFT_AFTER);
  }
});
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form !== theForm()) return;
  event.preventDefault();
  void send(form);
});
window.addEventListener("offline", () => tell(keptHere()));
window.addEventListener("online", () => submission ?? tell(""));
const form = theForm();
if (form) prepare(form);
