import { say } from "../language";

/** Milliseconds to wait for the page to come anew after an act before its button can be pressed again. */
const PATIENCE = 5000;

interface Htmx {
  ajax(verb: string, path: string, context: object): Promise<void>;
}

/** What htmx tells of a request. */
interface Told {
  readonly xhr: XMLHttpRequest;
  readonly requestConfig: { readonly verb: string; readonly elt: Element };
}

/** An act on its way: sent, done on the server, or being shown by a request that began after it was done. */
interface Act {
  readonly button: HTMLElement | null;
  stage: "sent" | "done" | "showing";
  /** An event came since the press: it brings the page anew. */
  heard: boolean;
}

/**
 * Forms inside `[data-acts]` are sent by htmx without leaving the page: a press costs one small answer, and the event
 * that the act writes brings the regions anew. A form with `data-whole` leaves the page as any form does.
 *
 * What is refused or fails, here and in the forms that ask htmx themselves, is said in `#vung-tu-choi` until the next
 * act. The pressed button is busy, not disabled: a disabled one would lose the keyboard's focus. Enter held down
 * presses once.
 */
export function actInPlace(): () => void {
  const acts = new Map<HTMLFormElement, Act>();

  const press = (event: SubmitEvent): void => {
    const [form, htmx] = [event.target as HTMLFormElement, (window as { htmx?: Htmx }).htmx];
    if (event.defaultPrevented || !htmx || !isAct(form)) return;
    event.preventDefault();
    if (acts.has(form)) return; // pressed twice
    const button = event.submitter as HTMLButtonElement | null;
    acts.set(form, { button, stage: "sent", heard: false });
    busy(form, button, true);
    const path = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    const values = button?.name ? { [button.name]: button.value } : {};
    void htmx.ajax("POST", path, { source: form, swap: "none", values }).catch(() => undefined);
  };

  const hold = (event: KeyboardEvent): void => {
    if (event.repeat && event.key === "Enter" && !(event.target as Element).matches("textarea")) event.preventDefault();
  };

  const begins = (event: Event): void => {
    if (isPost(told(event))) return show(null);
    for (const act of acts.values()) if (act.stage === "done") act.stage = "showing";
  };

  const answered = (event: Event): void => {
    const { xhr, requestConfig } = told(event);
    if (xhr.status === 401 && !hasMedia()) return; // htmx goes to sign in
    if (!isPost(told(event))) return shown();
    const form = requestConfig.elt as HTMLFormElement;
    const act = acts.get(form);
    if (xhr.status < 200 || xhr.status >= 400) {
      show(refusal(xhr));
      release(form);
      return refresh();
    }
    if (!act) return;
    act.stage = "done";
    settle(form);
    if (form.closest(".bar")) scrollTo({ top: 0 }); // what comes next stands there
    if (!act.heard) refresh();
    setTimeout(() => acts.get(form) === act && release(form), PATIENCE);
  };

  const stay = (event: Event): void => {
    if (told(event).xhr.status === 401 && hasMedia()) event.preventDefault();
  };

  const shown = (): void => {
    for (const [form, act] of acts) if (act.stage === "showing") release(form);
  };

  const release = (form: HTMLFormElement): void => {
    const act = acts.get(form);
    acts.delete(form);
    if (act) busy(form, act.button, false);
  };

  const hear = (): void => {
    for (const act of acts.values()) act.heard = true;
  };

  const all = [
    ["htmx:beforeRequest", begins],
    ["htmx:beforeOnLoad", stay],
    ["htmx:afterRequest", answered],
    ["sitting:any", hear],
  ] as const;
  document.addEventListener("submit", press);
  document.addEventListener("keydown", hold);
  for (const [name, listener] of all) document.body.addEventListener(name, listener);
  return () => {
    document.removeEventListener("submit", press);
    document.removeEventListener("keydown", hold);
    for (const [name, listener] of all) document.body.removeEventListener(name, listener);
  };
}

function isAct(form: HTMLFormElement): boolean {
  return form.method === "post" && form.closest("[data-acts]") !== null && form.dataset["whole"] === undefined;
}

/** Picture and sound of a room go on whatever becomes of the web session: such a page is not left by itself. */
function hasMedia(): boolean {
  return document.querySelector("sitting-stage, citizen-screen") !== null;
}

function told(event: Event): Told {
  return (event as CustomEvent<Told>).detail;
}

function isPost({ requestConfig }: Told): boolean {
  return requestConfig.verb.toLowerCase() === "post";
}

function busy(form: HTMLFormElement, button: HTMLElement | null, on: boolean): void {
  for (const [element, name] of [[form, "aria-busy"], [button, "aria-busy"], [button, "aria-disabled"]] as const)
    if (on) element?.setAttribute(name, "true");
    else element?.removeAttribute(name);
}

/** Done: what was typed has arrived, and what was unfolded for it folds up. */
function settle(form: HTMLFormElement): void {
  form.reset();
  const details = form.closest("details");
  if (!details?.open) return;
  if (details.contains(document.activeElement)) details.querySelector("summary")?.focus();
  details.open = false;
}

/** As after an event, but none: for an act that wrote none, or while the stream is broken. */
function refresh(): void {
  document.body.dispatchEvent(new CustomEvent("acts:refresh"));
}

function show(banner: Element | null): void {
  const region = document.getElementById("vung-tu-choi");
  region?.replaceChildren(...(banner ? [banner] : []));
  if (banner) region?.scrollIntoView({ block: "nearest" });
}

/** The server's own words when it refused, else ours. */
function refusal(xhr: XMLHttpRequest): Element {
  const page = xhr.status === 409 ? new DOMParser().parseFromString(xhr.responseText, "text/html") : null;
  const banner = page?.getElementById("tu-choi");
  if (banner) return document.importNode(banner, true);
  const made = document.createElement("div");
  [made.id, made.className] = ["tu-choi", "banner danger"];
  made.setAttribute("role", "alert");
  const icon = document.querySelector<HTMLTemplateElement>("#mau-loi")?.content.cloneNode(true);
  made.append(...(icon ? [icon] : []), failed(xhr.status));
  return made;
}

function failed(status: number): HTMLElement {
  const line = document.createElement("p");
  line.textContent = words(status);
  return line;
}

function words(status: number): string {
  if (status === 0)
    return say(
      "Mất liên lạc với máy chủ: chưa rõ việc vừa bấm đã được làm chưa. Xem lại trạng thái rồi bấm lại.",
      "No answer from the server: whether it was done is not known. Look at the state, then press again.",
    );
  if (status === 401 || status === 403)
    return say(
      "Chưa làm được: đã hết phiên đăng nhập, hoặc không còn quyền này. Tải lại trang khi có thể.",
      "Not done: you are signed out, or no longer allowed. Reload the page when you can.",
    );
  return say(
    `Máy chủ chưa làm được (mã ${status}). Bấm lại; nếu vẫn vậy, gọi kỹ thuật viên.`,
    `The server could not do it (code ${status}). Press again; if it stays so, call the operator.`,
  );
}
