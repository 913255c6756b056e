import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PaperView } from "./papers";

customElements.define("paper-view", PaperView);

/** The server's side: what is shown, which pages are drawn, what was posted. */
let shown: Record<string, unknown> = {};
let drawn: ReadonlySet<number> = new Set();
let posts: Record<string, string>[] = [];
let asked: string[] = [];
/** How often it was asked what is shown. */
let states = 0;
let answer = 204;
const PAPER = { showing: "a1", name: "Đơn.pdf", page: 2, pages: 5, layout: "document", address: "/p/a1/", query: "?nhe" };

const view = (): HTMLElement => document.querySelector("paper-view")!;
const picture = (): HTMLImageElement => document.querySelector("img")!;
const words = (): string => document.querySelector(".paper__words")!.textContent!;
const dot = (): HTMLElement => document.querySelector(".paper__dot")!;
const button = (name: string): HTMLButtonElement => [...document.querySelectorAll("button")].find((one) => one.textContent === name)!;
const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(1));
const tell = async (kind: string, data: object): Promise<void> => {
  document.body.dispatchEvent(new CustomEvent(`sitting:${kind}`, { detail: kind === "pointer" ? data : { data } }));
  await settle();
};
const key = async (name: string): Promise<void> => {
  document.querySelector(".paper__pane")!.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  await settle();
};
const open = async (mayShow = false): Promise<void> => {
  const more = mayShow ? ' data-act-url="/lat/" data-point-url="/chi/" data-csrf="c"' : "";
  document.body.innerHTML = `<paper-view data-state-url="/giay-to/"${more}></paper-view>`;
  await settle();
};

beforeEach(() => {
  vi.useFakeTimers();
  [shown, drawn, posts, asked, answer] = [{ ...PAPER }, new Set([1, 2, 3, 4, 5]), [], [], 204];
  vi.stubGlobal("fetch", async (url: string, options?: { method?: string; body?: URLSearchParams }) => {
    if (options?.method === "POST") {
      posts.push({ url, ...Object.fromEntries(options.body!) });
      return new Response(answer === 204 ? null : "Không được", { status: answer });
    }
    if (url === "/giay-to/") {
      states += 1;
      return Response.json(shown);
    }
    asked.push(url);
    const page = Number(/(\d+)\/\?nhe$/.exec(url)?.[1]);
    return drawn.has(page) ? new Response(new Blob([`page ${page}`])) : new Response(null, { status: 202 });
  });
  let count = 0;
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: () => `blob:${++count}`, revokeObjectURL: vi.fn() }));
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("who comes late should see the present page, named for a screen reader, and have the next one ready", async () => {
  await open();
  expect(view().hasAttribute("data-shown") && view().hasAttribute("data-first")).toBe(true);
  expect(words()).toBe("Đơn.pdf, trang 2 trong 5");
  expect(document.querySelector(".paper__words")!.getAttribute("role")).toBe("status");
  expect([picture().getAttribute("src"), picture().alt]).toEqual(["blob:1", "Đơn.pdf, trang 2 trong 5"]);
  expect(asked).toEqual(["/p/a1/2/?nhe", "/p/a1/3/?nhe"]);
  expect(button("Trang sau")).toBeUndefined();
});

test("a page turned elsewhere should be turned here, without asking again for what is there", async () => {
  await open();
  await tell("paper", { showing: "a1", page: 3, pages: 5 });
  expect(words()).toBe("Đơn.pdf, trang 3 trong 5");
  expect(asked).toEqual(["/p/a1/2/?nhe", "/p/a1/3/?nhe", "/p/a1/4/?nhe"]);
});

test("what is taken away should leave the page at once, and its memory", async () => {
  await open();
  await tell("paper", { showing: "", page: 0, pages: 0 });
  expect([view().hidden, view().hasAttribute("data-shown"), picture().hasAttribute("src"), words()]).toEqual([true, false, false, ""]);
  expect(URL.revokeObjectURL).toHaveBeenCalledTimes(2);
});

test("another paper should be asked for; put out of the room nothing should stay", async () => {
  await open();
  shown = { ...PAPER, showing: "b2", name: "Bản đồ.jpg", page: 1, pages: 1, address: "/p/b2/" };
  await tell("paper", { showing: "b2", page: 1, pages: 1 });
  expect(words()).toBe("Bản đồ.jpg, trang 1 trong 1");
  shown = { showing: "" };
  await tell("withdrawn", { seat: "huu-lung", room: "r" });
  expect(view().hidden).toBe(true);
});

const news = async (kind: string, at: string, part: string): Promise<void> => {
  document.body.dispatchEvent(new CustomEvent(`sitting:${kind}`, { detail: { at, data: { seat: "hub", room: "r", part } } }));
  await settle();
};

test("a turn that is called should ask the server nothing: it shows no paper yet", async () => {
  shown = { showing: "" };
  await open();
  const before = states;
  for (const kind of ["withdrawn", "withdrawn", "called", "admitted", "admitted"]) await news(kind, "14:00", "visit");
  await news("admitted", "14:20", "plenary");
  await vi.advanceTimersByTimeAsync(5000);
  expect(states).toBe(before);
});

test("who comes into a turn that goes on should see its paper, once they have got into the room", async () => {
  shown = { showing: "" };
  await open();
  const before = states;
  await news("called", "14:00", "");
  shown = { ...PAPER };
  for (const kind of ["admitted", "admitted"]) await news(kind, "14:05", "visit");
  expect(states).toBe(before);
  await vi.advanceTimersByTimeAsync(1000);
  expect([states, words()]).toEqual([before + 1, "Đơn.pdf, trang 2 trong 5"]);
});

test("keys should turn pages for everybody, and never past the ends", async () => {
  await open(true);
  for (const name of ["PageDown", "ArrowRight", "PageUp", "End", "PageDown", "Home"]) await key(name);
  expect(posts.map((post) => [post["url"], post["page"]])).toEqual([
    ["/lat/", "3"], ["/lat/", "4"], ["/lat/", "3"], ["/lat/", "5"], ["/lat/", "1"],
  ]);
  expect(button("Trang trước").getAttribute("aria-disabled")).toBe("true");
  button("Trang trước").click();
  button("Trang sau").click();
  await settle();
  expect(words()).toBe("Đơn.pdf, trang 2 trong 5");
});

test("a refused turn should bring the page that really is shown", async () => {
  await open(true);
  answer = 409;
  await key("PageDown");
  expect(words()).toBe("Đơn.pdf, trang 2 trong 5");
});

test("a page that is not drawn yet should come when it is", async () => {
  drawn = new Set([1]);
  await open();
  expect([view().hasAttribute("data-loading"), picture().hasAttribute("src")]).toEqual([true, false]);
  drawn = new Set([1, 2]);
  await vi.advanceTimersByTimeAsync(800);
  expect([view().hasAttribute("data-loading"), picture().hasAttribute("src")]).toEqual([false, true]);
});

test("the pointer should be sent now and then, move by keys, stay told while it rests, and end", async () => {
  await open(true);
  button("Con trỏ").click();
  for (let press = 0; press < 5; press += 1) await key("ArrowLeft");
  await vi.advanceTimersByTimeAsync(2100);
  button("Con trỏ").click();
  await vi.advanceTimersByTimeAsync(9000);
  const spots = posts.map(({ url, x, y }) => [url, x && Number(x).toFixed(2), y && Number(y).toFixed(2)]);
  expect(spots).toEqual([["/chi/", "0.50", "0.50"], ["/chi/", "0.40", "0.50"], ["/chi/", "0.40", "0.50"], ["/chi/", "", ""]]);
  expect([words(), dot().hidden]).toEqual(["Đơn.pdf, trang 2 trong 5", true]);
});

test("the other end should see the dot on this paper only, until it ends or falls silent", async () => {
  await open();
  await tell("pointer", { showing: "zz", x: 0.1, y: 0.1 });
  expect(dot().hidden).toBe(true);
  await tell("pointer", { showing: "a1", x: 0.25, y: 0.5 });
  expect([dot().hidden, dot().style.left, dot().style.top]).toEqual([false, "25%", "50%"]);
  await tell("pointer", { showing: "a1", x: null, y: null });
  expect(dot().hidden).toBe(true);
  await tell("pointer", { showing: "a1", x: 0.25, y: 0.5 });
  await vi.advanceTimersByTimeAsync(4000);
  expect(dot().hidden).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  expect(dot().hidden).toBe(true);
});

test("the chair's layout should decide whether the paper comes first", async () => {
  await open();
  await tell("directed", { layout: "pair" });
  expect([view().hasAttribute("data-first"), view().hasAttribute("data-shown")]).toEqual([false, true]);
});
