import { beforeEach, expect, test, vi } from "vitest";
import "./confirm";

const sent = vi.fn((event: Event) => event.preventDefault());
const form = (): HTMLFormElement => document.querySelector("form")!;
const press = (words: string): void =>
  [...document.querySelectorAll("button")].find((one) => one.textContent === words)!.click();
const box = (): Element | null => document.querySelector(".confirm");

beforeEach(() => {
  sent.mockClear();
  document.body.innerHTML =
    '<form data-confirm="Đóng buổi tiếp?" data-confirm-label="Đóng buổi tiếp"><button>Kết thúc</button></form>';
  form().addEventListener("submit", sent);
});

test("the first press should ask instead of sending", () => {
  press("Kết thúc");
  expect(sent).not.toHaveBeenCalled();
  expect(box()!.textContent).toContain("Đóng buổi tiếp?");
  expect(document.activeElement!.textContent).toBe("Thôi, không làm");
});

test("confirming should send once and leave the form as it was", () => {
  press("Kết thúc");
  press("Đóng buổi tiếp");
  expect(sent).toHaveBeenCalledTimes(1);
  expect(box()).toBeNull();
  expect(form().dataset["confirmed"]).toBeUndefined();
});

test("sending a second time should ask again", () => {
  press("Kết thúc");
  press("Đóng buổi tiếp");
  press("Kết thúc");
  expect(sent).toHaveBeenCalledTimes(1);
  expect(box()).not.toBeNull();
});

test("no and Escape should send nothing and give the button back", () => {
  press("Kết thúc");
  press("Thôi, không làm");
  press("Kết thúc");
  box()!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(sent).not.toHaveBeenCalled();
  expect(box()).toBeNull();
  expect(form().querySelector("button")!.hasAttribute("hidden")).toBe(false);
});

test("asking twice should show one question", () => {
  form().requestSubmit();
  form().requestSubmit();
  expect(document.querySelectorAll(".confirm").length).toBe(1);
});

test("forms without a question should go straight through", () => {
  delete form().dataset["confirm"];
  press("Kết thúc");
  expect(sent).toHaveBeenCalledTimes(1);
});
