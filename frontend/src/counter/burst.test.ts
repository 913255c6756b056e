import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Burst } from "./burst";

const CARD = "020190000001|081234567|Nong Thi Cuc|05121990|Nu|Thon 1, Chi Minh, Trang Dinh, Lang Son|10052021";
const done = vi.fn();
let burst: Burst;
let clock = 0;

const field = (): HTMLInputElement => document.querySelector("input")!;

/** Presses a key as a browser does: unless it is kept back, its letter lands in the field. */
function press(key: string, pause: number): KeyboardEvent {
  clock += pause;
  const event = new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true });
  burst.key(event, clock);
  if (key.length === 1 && !event.defaultPrevented) field().value += key;
  return event;
}
const type = (text: string, pause: number): void => [...text].forEach((key) => press(key, pause));

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<input value="đang gõ">';
  field().focus();
  done.mockClear();
  burst = new Burst(done);
});
afterEach(() => vi.useRealTimers());

test("a burst ended by Enter should be a card, and leave the field as it was", () => {
  type(CARD, 5);
  const enter = press("Enter", 5);
  expect(done).toHaveBeenCalledExactlyOnceWith(CARD);
  expect(field().value).toBe("đang gõ");
  expect(enter.defaultPrevented).toBe(true);
});

test("a scanner that sends no Enter should be heard when it falls silent", () => {
  type(CARD, 5);
  vi.advanceTimersByTime(500);
  expect(done).toHaveBeenCalledExactlyOnceWith(CARD);
});

test("letters without a key of their own should be taken too", () => {
  type(CARD.slice(0, 26), 5);
  const letters = new InputEvent("beforeinput", { data: "ễ", cancelable: true });
  burst.letters(letters);
  type(CARD.slice(26), 5);
  press("Enter", 5);
  expect(letters.defaultPrevented).toBe(true);
  expect(done.mock.calls[0]![0]).toBe(`${CARD.slice(0, 26)}ễ${CARD.slice(26)}`);
});

test("a person typing should never be taken for a scanner", () => {
  type(CARD, 250);
  const enter = press("Enter", 250);
  burst.letters(new InputEvent("beforeinput", { data: "a" }));
  expect(done).not.toHaveBeenCalled();
  expect(field().value).toBe(`đang gõ${CARD}`);
  expect(enter.defaultPrevented).toBe(false);
});

test("digits typed before should not spoil the card", () => {
  type("12", 200);
  clock += 1000;
  type(CARD, 5);
  press("Enter", 5);
  expect(done).toHaveBeenCalledExactlyOnceWith(CARD);
  expect(field().value).toBe("đang gõ12");
});

test("what is cut short should be dropped, and the next card be read", () => {
  type(CARD.slice(0, 30), 5);
  vi.advanceTimersByTime(500);
  type(CARD, 5);
  press("Enter", 5);
  expect(done).toHaveBeenCalledExactlyOnceWith(CARD);
});

test("keys with Ctrl should pass", () => {
  const event = new KeyboardEvent("keydown", { key: "a", ctrlKey: true, cancelable: true });
  burst.key(event, 1);
  expect(event.defaultPrevented).toBe(false);
});
