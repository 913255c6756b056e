import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SittingEvents, readEvent, type SittingEvent } from "./sitting-events";

/** Stands for the browser's EventSource; the test plays the server. */
class FakeSource {
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = 0;
  onopen: (() => void) | undefined;
  onmessage: ((message: { data: string }) => void) | undefined;
  onerror: (() => void) | undefined;
  #listeners = new Map<string, (message: { data: string }) => void>();
  constructor(readonly url: string) {
    FakeSource.all.push(this);
  }
  addEventListener(name: string, listener: (message: { data: string }) => void): void {
    this.#listeners.set(name, listener);
  }
  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
  beat(): void {
    this.#listeners.get("heartbeat")?.({ data: "" });
  }
  send(sequence: number, kind: string, data: object = {}): void {
    this.onmessage?.({ data: JSON.stringify({ sequence, kind, at: "2026-12-15T14:00:00+07:00", data }) });
  }
  point(data: object): void {
    this.#listeners.get("pointer")?.({ data: JSON.stringify(data) });
  }
  answerError(): void {
    this.readyState = FakeSource.CLOSED;
    this.onerror?.();
  }
}

customElements.define("sitting-events", SittingEvents);
const newest = (): FakeSource => FakeSource.all.at(-1)!;
const after = (): string | null => new URL(newest().url).searchParams.get("after");
let seen: SittingEvent[] = [];
const collect = (event: Event): void => void seen.push((event as CustomEvent<SittingEvent>).detail);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", FakeSource);
  seen = [];
  FakeSource.all = [];
  document.body.addEventListener("sitting:any", collect);
  document.body.innerHTML = '<sitting-events data-events="http://h/su-kien/" data-last="7"></sitting-events>';
});
afterEach(() => {
  document.body.innerHTML = "";
  document.body.removeEventListener("sitting:any", collect);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("the stream should start after the last row the page shows", () => {
  expect(after()).toBe("7");
});

test("each row should reach the page under its own name and under any", () => {
  const own = vi.fn();
  document.body.addEventListener("sitting:admitted", own, { once: true });
  newest().send(8, "admitted", { room: "a" });
  expect(own).toHaveBeenCalledOnce();
  expect(seen).toMatchObject([{ sequence: 8, kind: "admitted", data: { room: "a" } }]);
});

test("a row seen before should not be told twice", () => {
  newest().send(7, "old");
  newest().send(8, "new");
  newest().send(8, "new");
  expect(seen.map((event) => event.sequence)).toEqual([8]);
});

test("an error answer should be retried after 1, 2, 4, 8, 10, 10 seconds from the last row seen", () => {
  newest().send(9, "x");
  for (const wait of [1000, 2000, 4000, 8000, 10_000, 10_000]) {
    const opened = FakeSource.all.length;
    newest().answerError();
    vi.advanceTimersByTime(wait - 1);
    expect(FakeSource.all.length).toBe(opened);
    vi.advanceTimersByTime(1);
    expect(FakeSource.all.length).toBe(opened + 1);
  }
  expect(after()).toBe("9");
});

test("a good connection should make the next failure wait one second again", () => {
  newest().answerError();
  vi.advanceTimersByTime(1000);
  newest().onopen?.();
  newest().answerError();
  vi.advanceTimersByTime(1000);
  expect(FakeSource.all.length).toBe(3);
});

test("a broken line should be left to the browser while it reconnects by itself", () => {
  newest().onerror?.();
  vi.advanceTimersByTime(60_000);
  expect(FakeSource.all.length).toBe(1);
  expect(document.body.textContent).toContain("Mất liên lạc");
});

test("silence after a heartbeat should be taken for a dead line", () => {
  newest().onopen?.();
  newest().beat();
  vi.advanceTimersByTime(30_000);
  newest().beat();
  vi.advanceTimersByTime(39_999);
  expect(FakeSource.all.length).toBe(1);
  vi.advanceTimersByTime(1001);
  expect(FakeSource.all.length).toBe(2);
});

test("whatever the server tells should be a sign of life, since it beats only when it has nothing to tell", () => {
  newest().onopen?.();
  newest().beat();
  for (let sequence = 8; sequence < 14; sequence += 1) {
    vi.advanceTimersByTime(14_000);
    if (sequence % 2) newest().send(sequence, "line");
    else newest().point({ x: 0.5, y: 0.5 });
  }
  expect([FakeSource.all.length, newest().readyState]).toEqual([1, 0]);
  vi.advanceTimersByTime(41_000);
  expect(FakeSource.all.length).toBe(2);
});

test("the connection should be told in words that change only when it changes", () => {
  const element = document.querySelector<HTMLElement>("sitting-events")!;
  expect(element.getAttribute("role")).toBe("status");
  newest().onopen?.();
  expect(element.textContent).toBe("Đã nối với máy chủ");
  newest().answerError();
  expect(element.textContent).toBe("Mất liên lạc với máy chủ, đang nối lại");
});

test("an element taken away should close its stream and stay quiet", () => {
  const source = newest();
  document.body.innerHTML = "";
  expect(source.readyState).toBe(FakeSource.CLOSED);
  source.send(10, "late");
  vi.advanceTimersByTime(60_000);
  expect(seen).toEqual([]);
  expect(FakeSource.all.length).toBe(1);
});

test("what is not one of our rows should be passed over", () => {
  expect(["", "null", "5", "{}", '{"sequence":"1","kind":"x"}', '{"sequence":1}'].map(readEvent)).toEqual(
    Array(6).fill(undefined),
  );
});

test("a page turned on a paper should reach who follows papers, and fetch nothing else anew", () => {
  const own = vi.fn();
  document.body.addEventListener("sitting:paper", own);
  newest().send(8, "paper", { page: 2 });
  newest().send(9, "paper_shown");
  expect([own.mock.calls.length, seen.map((event) => event.kind)]).toEqual([1, ["paper_shown"]]);
});

test("a pointer should be handed on although it has no number", () => {
  const own = vi.fn();
  document.body.addEventListener("sitting:pointer", own);
  newest().point({ x: 0.5, y: 0.5 });
  expect((own.mock.calls[0]![0] as CustomEvent).detail).toEqual({ x: 0.5, y: 0.5 });
  expect(seen).toEqual([]);
});

test("a seat's own page should not come anew because another seat came or went", () => {
  document.body.innerHTML = '<sitting-events data-events="http://h/su-kien/" data-last="7" data-own="hub"></sitting-events>';
  newest().send(8, "joined", { seat: "bac-son" });
  newest().send(9, "joined", { seat: "hub" });
  newest().send(10, "called", { seat: "bac-son" });
  expect(seen.map(({ sequence }) => sequence)).toEqual([9, 10]);
});
