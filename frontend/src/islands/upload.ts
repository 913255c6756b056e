/**
 * Chosen files are sent at once, in pieces, while the form is being filled in; the form then names them by their id.
 *
 * `<input type="file" data-upload="/tep/">` followed by `<ul id="<input>_sent" data-name="…_sent">`. A line that breaks
 * costs one piece: the server is asked how far it is, and the rest follows. Whatever else fails leaves the file in its
 * field, and the form carries it as without JavaScript.
 */
import { say } from "../language";
import { type Answers, RefusedError, Sending } from "../uploads/sending";
import { check } from "../uploads/size";

const underway = new Map<HTMLFormElement, Set<Sending>>();
const held = new Map<HTMLFormElement, HTMLElement | null>();

function words(bytes: number): string {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${Math.ceil(kilobytes)} KB`;
  return `${(kilobytes / 1024).toFixed(1).replace(".", say(",", "."))} MB`;
}

function row(list: HTMLElement, file: File): HTMLLIElement {
  const item = document.createElement("li");
  const name = document.createElement("bdi");
  const state = document.createElement("span");
  const bar = document.createElement("progress");
  name.textContent = file.name;
  state.className = "muted sent__state";
  bar.max = file.size;
  bar.value = 0;
  bar.setAttribute("aria-label", say(`Đang gửi ${file.name}`, `Sending ${file.name}`));
  item.append(name, state, bar);
  list.append(item);
  return item;
}

/** The row of a file that has arrived: a tick that names it; taking the tick away lets the file go. */
function arrived(item: HTMLElement, list: HTMLElement, file: File, id: string): void {
  const label = document.createElement("label");
  const tick = Object.assign(document.createElement("input"), { type: "checkbox", checked: true, value: id });
  tick.name = list.dataset["name"] ?? "";
  const said = document.createElement("span");
  const name = document.createElement("bdi");
  name.textContent = file.name;
  said.append(
    name,
    " ",
    say(`(${words(file.size)}, đã gửi; bỏ chọn nếu không dùng nữa)`, `(${words(file.size)}, sent; untick if not wanted)`),
  );
  label.append(tick, said);
  item.replaceChildren(label);
}

/** The field's files without this one: it goes another way. */
function take(input: HTMLInputElement, file: File): void {
  const rest = new DataTransfer();
  for (const other of input.files ?? []) if (other !== file) rest.items.add(other);
  input.files = rest.files;
}

async function send(input: HTMLInputElement, list: HTMLElement, file: File): Promise<void> {
  const form = input.form!;
  const csrf = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  const item = row(list, file);
  const state = item.querySelector<HTMLElement>(".sent__state")!;
  const bar = item.querySelector("progress")!;
  const answers: Answers = (url, init) => fetch(url, init);
  const sending = new Sending(file, input.dataset["upload"]!, csrf, answers, (offset, waiting) => {
    bar.value = offset;
    state.textContent = waiting
      ? say("Mất mạng, sẽ tự gửi tiếp khi có mạng lại", "No network; goes on by itself when it is back")
      : say(`${words(offset)} trong ${words(file.size)}`, `${words(offset)} of ${words(file.size)}`);
  });
  const all = underway.get(form) ?? new Set();
  underway.set(form, all.add(sending));
  try {
    arrived(item, list, file, await sending.run());
    take(input, file);
  } catch (fault) {
    if (fault instanceof RefusedError) {
      bar.remove();
      state.textContent = fault.message;
      item.classList.add("sent__refused");
      take(input, file);
    } else item.remove(); // the form carries it
  } finally {
    all.delete(sending);
    if (all.size === 0) goOn(form);
  }
}

/** A form sent too early goes as soon as its files have arrived. */
function goOn(form: HTMLFormElement): void {
  if (!held.has(form)) return;
  const submitter = held.get(form) ?? null;
  held.delete(form);
  form.requestSubmit(submitter);
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset["upload"] || input.hasAttribute("aria-invalid")) return;
  const list = document.getElementById(`${input.id}_sent`);
  if (!list || !check(input)) return;
  void [...(input.files ?? [])].reduce((before, file) => before.then(() => send(input, list, file)), Promise.resolve());
});

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || !underway.get(form)?.size) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held.set(form, event.submitter);
  const list = form.querySelector<HTMLElement>(".sent");
  if (!list || list.querySelector(".sent__wait")) return;
  const wait = document.createElement("li");
  wait.className = "sent__wait";
  wait.textContent = say("Đang gửi tệp; đơn sẽ tự gửi ngay khi xong.", "Sending files; the form follows as soon as they are there.");
  list.append(wait);
}, { capture: true });
