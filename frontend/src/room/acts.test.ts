import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { actInPlace } from "./acts";

interface Ajax {
  verb: string;
  path: string;
  context: { source: HTMLFormElement; swap: string; values: Record<string, string> };
}

/** Stands for htmx: the test plays the server's answer. */
let sent: Ajax[] = [];
let refreshed = 0;
let stop = (): void => undefined;
const count = (): void => void (refreshed += 1);
const button = (id: string): HTMLButtonElement => document.querySelector(`#${id}`)!;
const region = (): HTMLElement => document.querySelector("#vung-tu-choi")!;
const tell = (name: string, verb: string, elt: Element, answer: object = {}): void => {
  const xhr = { status: 204, responseText: "", getResponseHeader: () => null, ...answer };
  document.body.dispatchEvent(new CustomEvent(`htmx:${name}`, { detail: { xhr, requestConfig: { verb, elt } } }));
};
const answer = (status: number, responseText = ""): void => tell("afterRequest", "post", sent.at(-1)!.context.source, { status, responseText });
/** Whether htmx is let go where the server sends who is signed out. */
const signsIn = (verb: string): boolean => {
  const detail = { xhr: { status: 401 }, requestConfig: { verb, elt: document.body } };
  return document.body.dispatchEvent(new CustomEvent("htmx:beforeOnLoad", { detail, cancelable: true }));
};
const pageComesAnew = (): void => {
  tell("beforeRequest", "get", document.body);
  tell("afterRequest", "get", document.body, { status: 200 });
};

beforeEach(() => {
  vi.restoreAllMocks();
  vi.useFakeTimers();
  [sent, refreshed] = [[], 0];
  const ajax = (verb: string, path: string, context: Ajax["context"]): Promise<void> => {
    sent.push({ verb, path, context });
    tell("beforeRequest", "post", context.source);
    return Promise.resolve();
  };
  vi.stubGlobal("htmx", { ajax });
  document.body.addEventListener("acts:refresh", count);
  document.body.innerHTML = `<div id="vung-tu-choi"></div><div data-acts>
    <form method="post" action="/goi/"><button id="goi">Gọi</button></form>
    <details id="d" open><summary id="s">Micro</summary><form method="post" action="/khoa/">
      <input id="ly-do" name="reason" value=""><button id="tat" formaction="/tat/" name="how" value="hard">Tắt</button></form></details>
    <form method="post" action="/ghi/" data-whole><button id="ghi">Ghi</button></form>
    <form method="get" action="/tim/"><button id="tim">Tìm</button></form></div>`;
  stop = actInPlace();
});
afterEach(() => {
  stop();
  document.body.removeEventListener("acts:refresh", count);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a press should be sent once, show itself at once and keep the focus", () => {
  button("goi").focus();
  button("goi").click();
  button("goi").click();
  expect(sent.map(({ verb, path, context }) => [verb, path, context.swap])).toEqual([["POST", "/goi/", "none"]]);
  expect([button("goi").getAttribute("aria-busy"), button("goi").getAttribute("aria-disabled")]).toEqual(["true", "true"]);
  expect([document.activeElement, button("goi").disabled]).toEqual([button("goi"), false]);
});

test("the pressed button's own address and value should be sent", () => {
  button("tat").click();
  expect([sent[0]!.path, sent[0]!.context.values]).toEqual(["/tat/", { how: "hard" }]);
});

test("forms that leave the page, forms that ask first and forms that search should be left alone", () => {
  const left = vi.fn((event: Event) => event.preventDefault());
  window.addEventListener("submit", left);
  const asks = (event: Event): void => event.preventDefault();
  for (const id of ["ghi", "tim"]) button(id).click();
  document.addEventListener("submit", asks, { capture: true });
  button("goi").click();
  document.removeEventListener("submit", asks, { capture: true });
  window.removeEventListener("submit", left);
  expect([sent.length, left.mock.calls.length]).toEqual([0, 3]);
});

test("without htmx a form should be sent as any form is", () => {
  vi.stubGlobal("htmx", undefined);
  const left = vi.fn((event: Event) => event.preventDefault());
  window.addEventListener("submit", left, { once: true });
  button("goi").click();
  expect([left.mock.calls.length, button("goi").hasAttribute("aria-busy")]).toEqual([1, false]);
});

test("an act that wrote an event should leave the refreshing to it; the button is free when the page has come", () => {
  button("goi").click();
  document.body.dispatchEvent(new CustomEvent("sitting:any"));
  pageComesAnew(); // asked for before the act was done: it need not show it
  answer(204);
  expect(refreshed).toBe(0);
  button("goi").click();
  expect(sent.length).toBe(1);
  pageComesAnew();
  expect(button("goi").hasAttribute("aria-busy")).toBe(false);
  button("goi").click();
  expect(sent.length).toBe(2);
});

test("an act that wrote no event, or whose stream is broken, should bring the page anew itself", () => {
  button("goi").click();
  answer(204);
  expect(refreshed).toBe(1);
  vi.advanceTimersByTime(5000);
  expect(button("goi").hasAttribute("aria-busy")).toBe(false);
});

test("another press that brings the page anew should not be taken for this one's event", () => {
  button("goi").click();
  button("tat").click();
  answer(204);
  expect(refreshed).toBe(1);
  tell("afterRequest", "post", sent[0]!.context.source);
  expect(refreshed).toBe(2);
});

test("Enter held down should press once; in a text of several lines it may go on", () => {
  const goesOn = (where: Element, more: object): boolean =>
    where.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...more }));
  const [text, repeat] = [document.createElement("textarea"), { repeat: true }];
  document.body.append(text);
  expect([goesOn(button("goi"), {}), goesOn(button("goi"), repeat), goesOn(text, repeat)]).toEqual([true, false, true]);
});

test("what was done should fold up, forget what was typed and keep the keyboard beside it", () => {
  document.querySelector<HTMLInputElement>("#ly-do")!.value = "Ồn";
  button("tat").focus();
  button("tat").click();
  answer(204);
  expect([document.querySelector<HTMLInputElement>("#ly-do")!.value, document.querySelector("#d")!.hasAttribute("open")]).toEqual(["", false]);
  expect(document.activeElement?.id).toBe("s");
});

test("after an act of the bar the page should show its top, where the next thing stands", () => {
  const scrolled = vi.spyOn(window, "scrollTo").mockImplementation(() => undefined);
  button("tat").click();
  answer(204);
  expect(scrolled).not.toHaveBeenCalled();
  document.querySelector("form")!.className = "bar";
  button("goi").click();
  answer(204);
  expect(scrolled).toHaveBeenCalledOnce();
});

test("a refusal should be told in its place until the next act, with what was typed kept", () => {
  const typed = document.querySelector<HTMLInputElement>("#ly-do")!;
  typed.value = "Ồn";
  button("tat").click();
  answer(409, '<div class="banner danger" role="alert" id="tu-choi"><p>Chưa làm được: đang có lượt.</p></div>');
  expect([region().textContent, region().querySelector("[role=alert]")?.id, typed.value]).toEqual(["Chưa làm được: đang có lượt.", "tu-choi", "Ồn"]);
  expect([button("tat").hasAttribute("aria-busy"), refreshed]).toEqual([false, 1]);
  pageComesAnew();
  expect(region().textContent).toContain("đang có lượt");
  button("goi").click();
  expect(region().textContent).toBe("");
});

test.each([
  [500, "mã 500"],
  [404, "mã 404"],
  [0, "chưa rõ việc vừa bấm đã được làm chưa"],
  [409, "mã 409"],
])("a failure should be told in words and leave the button to press (%s)", (status, words) => {
  button("goi").click();
  answer(status, "<h1>Lỗi</h1>");
  expect(region().querySelector("[role=alert]")!.textContent).toContain(words);
  expect(button("goi").hasAttribute("aria-disabled")).toBe(false);
});

test("a press that is not allowed, as after signing in elsewhere, should be told with what was typed kept", () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
  const typed = document.querySelector<HTMLInputElement>("#ly-do")!;
  typed.value = "Ồn";
  button("tat").click();
  answer(403);
  expect(region().textContent).toContain("Tải lại trang");
  expect([typed.value, button("tat").hasAttribute("aria-busy"), refreshed]).toEqual(["Ồn", false, 1]);
  expect(reload).not.toHaveBeenCalled();
});

test("who is signed out should go to sign in", () => {
  button("goi").click();
  answer(401);
  expect([region().textContent, signsIn("get")]).toEqual(["", true]);
});

test("a page with picture and sound should not be left by itself, but tell that nothing was done", () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => undefined);
  document.body.append(document.createElement("sitting-stage"));
  expect([signsIn("get"), signsIn("post")]).toEqual([false, false]);
  for (const status of [401, 403]) {
    region().textContent = "";
    tell("afterRequest", "post", document.querySelector("form")!, { status });
    expect(region().textContent).toContain("đã hết phiên đăng nhập");
  }
  tell("afterRequest", "get", document.body, { status: 401 });
  expect(reload).not.toHaveBeenCalled();
});

test("a failure of a form that asks htmx itself should be told too", () => {
  const own = document.createElement("form");
  document.body.append(own);
  tell("afterRequest", "post", own, { status: 502 });
  expect(region().textContent).toContain("mã 502");
});
