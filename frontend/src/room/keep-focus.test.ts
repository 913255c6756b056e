import { afterEach, beforeEach, expect, test } from "vitest";
import { keepFocus } from "./keep-focus";

let stop = (): void => undefined;
beforeEach(() => {
  stop = keepFocus();
});
afterEach(() => stop());

/** As htmx does it: the old region goes, the new one stands in its place. */
const anew = (fresh: string): void => {
  const target = document.querySelector("#vung")!;
  const made = document.createElement("template");
  made.innerHTML = `<section id="vung">${fresh}</section>`;
  target.dispatchEvent(new CustomEvent("htmx:oobBeforeSwap", { bubbles: true, detail: { target } }));
  target.replaceWith(made.content);
  const now = document.querySelector("#vung")!;
  now.dispatchEvent(new CustomEvent("htmx:oobAfterSwap", { bubbles: true, detail: { target } }));
};
const stand = (inside: string, on: string): void => {
  document.body.innerHTML = `<footer id="thanh" tabindex="-1"><section id="vung">${inside}</section></footer><button id="ngoai">Ngoài</button>`;
  document.querySelector<HTMLElement>(on)!.focus();
};
const where = (): string => document.activeElement?.id || (document.activeElement?.textContent ?? "");

test("the same button should have the focus again, by its id or else by its words", () => {
  stand('<button id="viec">Gọi lượt 1</button>', "#viec");
  anew('<p>Mới</p><button id="viec">Gọi  lượt 1</button>');
  expect(where()).toBe("viec");
  stand('<input id="chu" aria-label="Lượt 1">', "#chu");
  anew('<input id="chu" aria-label="Lượt 2">');
  expect(where()).toBe("chu");
  stand('<button>Một</button><button aria-label="Hai, xã B">Hai</button>', "[aria-label]");
  anew('<button id="mot">Một</button><button id="hai" aria-label="Hai, xã B">Hai</button>');
  expect(where()).toBe("hai");
});

test("a button that is gone should leave the focus on what it was folded into, the heading, or the bar", () => {
  const micro = (button: string): string => `<h2>Micro</h2><details id="m" open><summary>Xã A</summary>${button}</details>`;
  stand(micro("<button>Khóa</button>"), "button");
  anew(micro("<button>Mở khóa</button>"));
  expect(where()).toBe("Xã A");
  stand("<h2>Lượt 1</h2><button>Kết luận</button>", "button");
  anew("<h2>Lượt 2</h2><button>Khác</button>");
  expect(where()).toBe("Lượt 2");
  stand("<button>Vắng mặt</button>", "button");
  anew("<button>Hội ý riêng</button>");
  expect(where()).toBe("thanh");
});

test("a button of the same id that now does something else should not get the focus, by htmx neither", () => {
  stand('<button id="viec">Tiếp tục buổi tiếp</button>', "#viec");
  const old = document.querySelector("#viec")!;
  anew('<button id="viec">Kết thúc lượt 1 và gọi lượt 2</button>');
  expect([where(), old.id]).toEqual(["thanh", ""]);
});

test("words that several buttons say, before or after, should lead to none of them", () => {
  stand("<h2>Việc</h2><button>Tôi xử lý</button><button>Tôi xử lý</button>", "button");
  anew("<h2>Việc</h2><button>Tôi xử lý</button>");
  expect(where()).toBe("Việc");
  stand("<h2>Việc</h2><button>Hạ tay</button>", "button");
  anew("<h2>Việc</h2><button>Hạ tay</button><button>Hạ tay</button>");
  expect(where()).toBe("Việc");
});

test("a focus that stood elsewhere should stay there", () => {
  stand("<button>Gọi</button>", "#ngoai");
  anew("<h2>Lượt</h2>");
  expect(where()).toBe("ngoai");
});
