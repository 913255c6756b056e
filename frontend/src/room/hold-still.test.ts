import { afterEach, beforeEach, expect, test } from "vitest";
import { holdStill } from "./hold-still";

let refreshed = 0;
let stop = (): void => undefined;
const count = (): void => void (refreshed += 1);
const happens = (name: string): void => void document.body.dispatchEvent(new Event(name, { bubbles: true }));
/** Whether an answer is put into the page. */
const arrives = (verb: string): boolean => {
  const detail = { requestConfig: { verb } };
  return document.body.dispatchEvent(new CustomEvent("htmx:beforeOnLoad", { detail, cancelable: true }));
};

beforeEach(() => {
  refreshed = 0;
  document.body.addEventListener("acts:refresh", count);
  stop = holdStill();
});
afterEach(() => {
  stop();
  document.body.removeEventListener("acts:refresh", count);
});

test("the page should stay while a finger is down, and come anew once after it", () => {
  happens("pointerdown");
  expect([arrives("get"), arrives("get")]).toEqual([false, false]);
  happens("pointerup");
  expect([refreshed, arrives("get")]).toEqual([1, true]);
});

test("an act's own answer should always be heard", () => {
  happens("pointerdown");
  expect(arrives("post")).toBe(true);
  happens("pointerup");
  expect(refreshed).toBe(0);
});

test("another field that is left should not let the page move under the finger", () => {
  happens("pointerdown");
  document.body.dispatchEvent(new Event("blur"));
  expect(arrives("get")).toBe(false);
});

test("a finger that went elsewhere should not hold the page for ever", () => {
  for (const goes of [() => happens("pointercancel"), () => dispatchEvent(new Event("blur"))]) {
    happens("pointerdown");
    goes();
    expect(arrives("get")).toBe(true);
  }
});

test("the space bar, too, should press the button that it went down on", () => {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
  expect(arrives("get")).toBe(false);
  happens("keyup");
  expect([refreshed, arrives("get")]).toEqual([1, true]);
});

test("a letter that is typed should hold nothing", () => {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }));
  expect(arrives("get")).toBe(true);
});
