import { beforeEach, expect, test, vi } from "vitest";
import "./size";

const MB = 1024 * 1024;
const sent = vi.fn((event: Event) => event.preventDefault());
const input = (): HTMLInputElement => document.querySelector("input")!;
const message = (): string => document.querySelector(".field__error")?.textContent ?? "";

function choose(...megabytes: number[]): void {
  const files = megabytes.map((size, at) => ({ name: `${at}.pdf`, size: size * MB }));
  Object.defineProperty(input(), "files", { value: files, configurable: true });
  input().dispatchEvent(new Event("change", { bubbles: true }));
}

beforeEach(() => {
  sent.mockClear();
  document.body.innerHTML =
    '<form><div class="field"><input type="file" id="id_files" data-most="5" data-megabytes="20" data-together="60"></div></form>';
  document.querySelector("form")!.addEventListener("submit", sent);
});

test.each([
  [[200], "200 MB; mỗi tệp tối đa 20 MB"],
  [[21], "21 MB"],
  [[20.2], "21 MB"],
  [[1, 1, 1, 1, 1, 1], "nhiều nhất 5 tệp"],
  [[19, 19, 19, 19], "tối đa 60 MB"],
])("%j should be told beside the field and not be sent", (sizes, words) => {
  choose(...sizes);
  expect(message()).toContain(words);
  expect(input().getAttribute("aria-invalid")).toBe("true");
  document.querySelector("form")!.requestSubmit();
  expect(sent).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(input());
});

test.each([[[]], [[20]], [[20, 20, 20]]])("%j should be sent", (sizes) => {
  choose(...sizes);
  expect(message()).toBe("");
  document.querySelector("form")!.requestSubmit();
  expect(sent).toHaveBeenCalledTimes(1);
});

test("a better choice should take the message away", () => {
  choose(200);
  choose(2);
  expect(message()).toBe("");
  expect(document.querySelector(".field.invalid")).toBeNull();
  expect(input().hasAttribute("aria-invalid")).toBe(false);
});
