import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startReporting } from "./line-report";

const sent = vi.fn(async (_url: string, _options: RequestInit) => new Response(null, { status: 204 }));
const told = (): Record<string, unknown>[] => sent.mock.calls.map(([, options]) => JSON.parse(String(options.body)));
const more = async (): Promise<object> => ({ step_down: 1 });
let bytes = 0;
const statistics = async () => [new Map([["o", { type: "outbound-rtp", kind: "video", bytesSent: (bytes += 625_000) }]])];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", sent);
});
afterEach(() => {
  vi.clearAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a page inside a room should report its line, measured between two looks", async () => {
  const stop = startReporting("/so-do/", "c", { statistics, inRoom: () => true, more });
  await vi.advanceTimersByTimeAsync(10_100);
  stop();
  expect(told().map((report) => report["in_room"])).toEqual([false, true]);
  expect(told()[1]).toMatchObject({ up_kbps: 1000, step_down: 1 });
});

test("a page outside a room should still say that it lives, and how its battery is", async () => {
  vi.stubGlobal("navigator", { getBattery: async () => ({ level: 0.25, charging: false }) });
  const stop = startReporting("/so-do/", "c", { statistics: async () => [], inRoom: () => false, more });
  await vi.advanceTimersByTimeAsync(5100);
  stop();
  expect(told()).toEqual([{ in_room: false, battery: 25, on_mains: false }]);
});

test("a server that does not answer should not end the reporting", async () => {
  sent.mockRejectedValueOnce(new Error("offline"));
  const stop = startReporting("/so-do/", "c", { statistics: async () => [], inRoom: () => false, more });
  await vi.advanceTimersByTimeAsync(10_100);
  stop();
  expect(sent).toHaveBeenCalledTimes(2);
});

test("a stopped report and a page without an address should stay quiet", async () => {
  startReporting("/so-do/", "c", { statistics, inRoom: () => true, more })();
  startReporting(undefined, "c", { statistics, inRoom: () => true, more });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(sent).not.toHaveBeenCalled();
});
