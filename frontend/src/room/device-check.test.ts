import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** Stands for the engine's client, the part of the browser these tests cannot have. */
class FakeRoom {
  static works = true;
  static bytes = 0;
  readonly localParticipant = { publishTrack: async () => undefined };
  readonly engine = {
    pcManager: {
      publisher: {
        _pc: {
          getStats: async () =>
            new Map<string, object>([
              ["i", { type: "inbound-rtp", bytesReceived: (FakeRoom.bytes += 250_000), packetsReceived: 100 }],
              ["p", { type: "candidate-pair", id: "p", nominated: true, state: "succeeded", localCandidateId: "l", currentRoundTripTime: 0.03 }],
              ["l", { type: "local-candidate", id: "l", protocol: "udp", candidateType: "host" }],
            ]),
        },
      },
    },
  };
  async connect(): Promise<void> {
    if (!FakeRoom.works) throw new Error("no way through");
  }
  async disconnect(): Promise<void> {}
}
class FakeSound {
  destination = {};
  createOscillator = () => ({ frequency: {}, connect: <T>(next: T) => next, start: () => undefined });
  createGain = () => ({ gain: {}, connect: <T>(next: T) => next });
  close = async () => undefined;
}
const track = (kind: string) => ({ kind, source: kind, stop: vi.fn(), attach: () => document.createElement("video") });
const openDevices = vi.fn(async () => [track("video"), track("audio")]);
vi.mock("livekit-client", () => ({ Room: FakeRoom }));
vi.mock("./devices", () => ({ openDevices, deviceProblem: () => "Không thấy camera" }));
const { DeviceCheck, rate } = await import("./device-check");
customElements.define("device-check", DeviceCheck);

const reload = vi.fn();
let [engine, sent] = [true, [] as [string, string][]];
const server = vi.fn(async (url: string, options?: RequestInit) => {
  if (url === "/probe/") return new Response(new ArrayBuffer(1000));
  if (url === "/enter/") return engine ? Response.json({ check: "c1", send: "s", listen: "l" }) : new Response("", { status: 503 });
  sent.push([url, String(options?.body)]);
  return new Response(null, { status: 204 });
});
const press = async (words: string): Promise<void> => {
  [...document.querySelectorAll("button")].find((one) => one.textContent === words)!.click();
  await vi.advanceTimersByTimeAsync(20_000);
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", server);
  vi.stubGlobal("AudioContext", FakeSound);
  vi.stubGlobal("location", { href: "https://phong.example/kiem-tra/", reload });
  [engine, sent, FakeRoom.works] = [true, [], true];
  document.body.innerHTML =
    '<device-check data-enter-url="/enter/" data-probe-url="/probe/" data-result-url="/kiem-tra/" data-csrf="c"></device-check>';
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.clearAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a whole try should tell devices, loudspeaker, line and the way through the engine", async () => {
  await press("Bắt đầu kiểm tra");
  await press("Nghe rõ");
  expect(sent[0]![0]).toBe("/kiem-tra/c1/");
  const told = JSON.parse(sent[0]![1]);
  expect(told).toMatchObject({ camera: true, microphone: true, heard: true, media: true, path: "udp", rtt_ms: 30 });
  expect(told.down_kbps).toBeGreaterThan(0);
  expect(reload).toHaveBeenCalledOnce();
});

test("media that cannot pass should be told, not hidden", async () => {
  FakeRoom.works = false;
  await press("Bắt đầu kiểm tra");
  await press("Không nghe thấy");
  expect(JSON.parse(sent[0]![1])).toMatchObject({ media: false, heard: false });
});

test("a machine without devices should still be tried to the end", async () => {
  openDevices.mockRejectedValueOnce(new Error("none"));
  await press("Bắt đầu kiểm tra");
  await press("Nghe rõ");
  expect(document.body.textContent).toContain("Không thấy camera");
  expect(JSON.parse(sent[0]![1])).toMatchObject({ camera: false, microphone: false });
});

test("an engine that does not answer should be said, with the way to go on", async () => {
  engine = false;
  await press("Bắt đầu kiểm tra");
  await press("Nghe rõ");
  expect(document.body.textContent).toContain("Vẫn có thể mở điểm cầu");
  expect(document.querySelector<HTMLElement>("button.primary")!.hidden).toBe(false);
  expect(sent).toEqual([]);
});

test("rates should be kbit/s", () => {
  expect(rate(512 * 1024, 1000)).toBe(4194);
});
