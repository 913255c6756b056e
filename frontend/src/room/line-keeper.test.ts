import { Track, VideoQuality, type Room } from "livekit-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LineKeeper } from "./line-keeper";
import { LOOK_EVERY, RECEIVING, SENDING } from "./weak-line";

/** Counts what it is told: each time makes a browser's page wait. */
class Receiver {
  told = 0;
  #target: number | null = null;
  get jitterBufferTarget(): number | null {
    return this.#target;
  }
  set jitterBufferTarget(target: number | null) {
    this.told += 1;
    this.#target = target;
  }
}

/** Stands for what the client knows of a camera: no test machine has weak lines. */
class Camera {
  isSubscribed = true;
  enabled = true;
  readonly track = { receiver: new Receiver() };
  quality = VideoQuality.HIGH;
  constructor(readonly trackSid: string) {}
  readonly setEnabled = vi.fn((on: boolean) => void (this.enabled = on));
  readonly setVideoQuality = vi.fn((quality: VideoQuality) => void (this.quality = quality));
  readonly setVideoFPS = vi.fn();
}

let asked = 0;
let cameras: Record<string, Camera>;
let encodings: { active?: boolean; maxBitrate?: number }[];
let told: [string[], boolean][];
let keeper: LineKeeper;
let looks: number;
let line: { lost: number; available: number; rtt: number };

beforeEach(() => {
  vi.useFakeTimers();
  cameras = { hub: new Camera("1"), a: new Camera("2"), sign: new Camera("3") };
  encodings = [{}, {}, {}];
  told = [];
  looks = 0;
  line = { lost: 0, available: 3_000_000, rtt: 0.05 };
  const people = Object.entries(cameras).map(([identity, camera]) => [identity, { identity, getTrackPublication: () => camera }] as const);
  const sender = {
    getParameters: () => {
      asked += 1;
      return { encodings: encodings.map((one) => ({ ...one })) };
    },
    setParameters: async (set: { encodings: typeof encodings }) => void (encodings = set.encodings),
  };
  const own = { getTrackPublication: (source: Track.Source) => (source === Track.Source.Camera ? { track: { sender } } : undefined) };
  const room = { remoteParticipants: new Map(people), localParticipant: own } as unknown as Room;
  keeper = new LineKeeper(room, stats, { reduced: (seats, sending) => told.push([[...seats], sending]) });
});

afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
});

async function stats(): Promise<[string, unknown][]> {
  looks += 1;
  return [
    ["a", { type: "inbound-rtp", kind: "audio", packetsReceived: 100 * looks, packetsLost: line.lost * looks }],
    ["p", { type: "candidate-pair", nominated: true, availableOutgoingBitrate: line.available, currentRoundTripTime: line.rtt }],
  ];
}

const look = (times: number): Promise<unknown> => vi.advanceTimersByTimeAsync(LOOK_EVERY * times);

test("on a good line no picture should be touched and the camera send its three layers", async () => {
  keeper.start(["hub"], undefined);
  await look(10);
  expect(cameras["a"]!.setEnabled).not.toHaveBeenCalled();
  expect(encodings.map((one) => [one.active, one.maxBitrate])).toEqual([[true, 160_000], [true, 450_000], [true, 1_700_000]]);
  expect(told.at(-1)).toEqual([[], false]);
});

test("while nothing changes, the browser's media threads should be left alone", async () => {
  asked = 0;
  keeper.start(["hub"], undefined);
  await look(10);
  expect([asked, cameras["a"]!.track.receiver.told]).toEqual([2, 0]);
  line = { ...line, lost: 2, rtt: 0.2 };
  await look(2);
  expect(cameras["a"]!.track.receiver.told).toBe(1);
});

test("on a long line that loses, pictures should wait, and no longer when it has long lost nothing", async () => {
  line = { ...line, lost: 2, rtt: 0.2 };
  keeper.start(["hub"], undefined);
  await look(2);
  const { receiver } = cameras["a"]!.track;
  expect(receiver.jitterBufferTarget).toBe(260);
  line.lost = 0;
  await look(10);
  expect(receiver.jitterBufferTarget).toBe(260);
  await look(10);
  expect(receiver.jitterBufferTarget).toBeNull();
});

test("a weak line should lower every picture, keep the main and the pinned one longest, then give glimpses", async () => {
  line.lost = 40;
  keeper.start(["hub", "sign"], undefined);
  await look(6);
  expect(keeper.steps[0]).toBe(3);
  expect([cameras["hub"]!.enabled, cameras["sign"]!.enabled, cameras["a"]!.enabled]).toEqual([true, true, false]);
  expect(cameras["hub"]!.quality).toBe(VideoQuality.LOW);
  expect(told.at(-1)![0]).toEqual(["hub", "a", "sign"]);
  await look(1);
  expect(keeper.steps[0]).toBe(RECEIVING.length - 1);
  const seen = new Set<boolean>();
  for (let n = 0; n < 4; n += 1) {
    await look(1);
    seen.add(cameras["hub"]!.enabled);
  }
  expect(seen).toEqual(new Set([true, false]));
});

test("when the line is good again every picture should come back", async () => {
  line.lost = 40;
  keeper.start(["hub"], undefined);
  await look(6);
  line.lost = 0;
  await look(40);
  expect(keeper.steps[0]).toBe(0);
  expect(Object.values(cameras).every((one) => one.enabled && one.quality === VideoQuality.HIGH)).toBe(true);
  expect(told.at(-1)).toEqual([[], false]);
});

test("an estimate that does not carry the layers should switch off those above, and say so", async () => {
  line.available = 150_000;
  keeper.start(["hub"], undefined);
  await look(6);
  expect(encodings.map((one) => one.active)).toEqual([true, false, false]);
  expect(told.at(-1)).toEqual([[], true]);
});

test("a declared line should bound the camera from the first look, without a word", async () => {
  keeper.start(["hub"], 300);
  await look(1);
  expect(encodings.map((one) => one.active)).toEqual([true, false, false]);
  await look(60);
  expect(keeper.steps[1]).toBe(2);
  expect(SENDING[keeper.steps[1]]!.layers[0]).toBe(120);
  expect(told.at(-1)).toEqual([[], false]);
});

test("after leaving nothing should be looked at", async () => {
  keeper.start(["hub"], undefined);
  keeper.stop();
  await look(5);
  expect(looks).toBe(0);
});
