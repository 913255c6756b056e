import { beforeEach, expect, test, vi } from "vitest";
import { takeCard } from "./card";

const form = (): HTMLFormElement => document.querySelector("form")!;
const control = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`)!;
const answers = (body: object, status = 200): void =>
  void vi.stubGlobal("fetch", vi.fn(async () => Response.json(body, { status })));
const TWO = [
  { value: "1", text: "xã Một" },
  { value: "2", text: "xã Hai" },
];

beforeEach(() => {
  document.body.innerHTML = `<form data-card="/the/"><input name="csrfmiddlewaretoken" value="t"><input name="full_name">
    <select name="commune"><option value=""></option><option value="1" selected></option><option value="2"></option></select>
    <input name="phone"><p data-card-note></p><div data-card-communes></div></form>`;
});

test("a card should fill the fields, let them flash, and tell the form", async () => {
  const changed = vi.fn();
  form().addEventListener("change", changed);
  answers({ fields: { full_name: "Cúc" }, communes: [TWO[1]], note: "Nay là xã Hai." });
  await takeCard(form(), "020|");
  expect(control("full_name").value).toBe("Cúc");
  expect(control("full_name").classList).toContain("filled");
  expect(control("commune").value).toBe("2");
  expect(document.activeElement).toBe(control("phone"));
  expect(form().textContent).toContain("Nay là xã Hai.");
  expect(changed).toHaveBeenCalledTimes(1);
});

test("several communes should be asked, none be chosen", async () => {
  answers({ fields: {}, communes: TWO, note: "Hỏi" });
  await takeCard(form(), "020|");
  expect(control("commune").value).toBe("");
  const [, second] = document.querySelectorAll<HTMLButtonElement>("[data-card-communes] button");
  second!.click();
  expect(control("commune").value).toBe("2");
  expect(document.querySelectorAll("[data-card-communes] button").length).toBe(0);
});

test("what is refused should fill nothing", async () => {
  answers({ note: "Không phải mã QR" }, 422);
  await takeCard(form(), "x");
  expect(control("commune").value).toBe("1");
  expect(form().textContent).toContain("Không phải mã QR");
});

test("without a line the clerk should be told", async () => {
  vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError()));
  await takeCard(form(), "x");
  expect(form().textContent).toContain("Mất mạng");
});
