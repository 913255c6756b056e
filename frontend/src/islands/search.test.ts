import { beforeEach, expect, test } from "vitest";
import "./search";

const press = (on: Element, key = "/", held = {}): KeyboardEvent => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  on.dispatchEvent(event);
  return event;
};
const box = (): Element => document.querySelector(".desk-search input")!;

beforeEach(() => {
  document.body.innerHTML = '<form class="desk-search"><input type="search"></form><textarea></textarea>';
});

test("the key should lead to the box without writing itself", () => {
  expect(press(document.body).defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(box());
});

test("who is typing should get the letter", () => {
  expect(press(document.querySelector("textarea")!).defaultPrevented).toBe(false);
  expect(document.activeElement).not.toBe(box());
});

test("other keys and keys held together should do nothing", () => {
  press(document.body, "a");
  press(document.body, "/", { ctrlKey: true });
  expect(document.activeElement).not.toBe(box());
});

test("pages without the box should leave the key alone", () => {
  document.body.innerHTML = "";
  expect(press(document.body).defaultPrevented).toBe(false);
});
