import { expect, test } from "vitest";
import { RECEIVING, SENDING, START, climb, firstStep, holdFor, judge, limited, readSample, type Health, type Ladder, type Sample } from "./weak-line";

const quiet: Sample = { received: 0, lost: 0, samples: 0, concealed: 0, jitter: 0, available: 3000, lostAtFarEnd: 0, rtt: 0.05 };
const after = (more: Partial<Sample>): Sample => ({ ...quiet, received: 400, samples: 96_000, ...more });
const down = (more: Partial<Sample>): Health => judge(quiet, after(more), 0.05, 0).down;
const up = (more: Partial<Sample>, step = 0): Health => judge(quiet, after(more), 0.05, step).up;
const LAST = RECEIVING.length - 1;
const many = (ladder: Ladder, health: Health, looks: number): Ladder =>
  Array.from({ length: looks }).reduce<Ladder>((one) => climb(one, health, LAST), ladder);

test("three per cent of lost packets should cost no picture while speech is whole", () => {
  expect(down({ lost: 12 })).toBe("good");
  expect(down({ lost: 21 })).toBe("good");
});

test("speech that suffers, much loss or late packets should count as a bad line", () => {
  expect(down({ concealed: 4000 })).toBe("bad");
  expect(down({ lost: 80 })).toBe("bad");
  expect(down({ jitter: 0.2 })).toBe("bad");
  expect(down({ jitter: 0.08 })).toBe("fair");
});

test("pictures should wait for what is sent again only where the line loses and is long", () => {
  expect(holdFor(quiet, after({ lost: 12, rtt: 0.2 }))).toBe(260);
  expect(holdFor(quiet, after({ lost: 12, rtt: 0.02 }))).toBe(0);
  expect(holdFor(quiet, after({ lost: 0, rtt: 0.2 }))).toBe(0);
  expect(holdFor(quiet, after({ lost: 12, rtt: 2 }))).toBe(400);
  expect(holdFor(quiet, after({ received: 3, lost: 3, rtt: 0.2 }))).toBe(0);
});

test("a room where nobody sends should tell nothing", () => {
  expect(down({ received: 3, lost: 3 })).toBe("fair");
});

test("sending should be bad when packets wait, are lost, or the estimate does not carry the layers", () => {
  expect(up({})).toBe("good");
  expect(up({ rtt: 0.6 })).toBe("bad");
  expect(up({ lostAtFarEnd: 0.2 })).toBe("bad");
  expect(up({ available: 300 })).toBe("bad");
  expect(up({ available: 300 }, 1)).toBe("good");
  expect(up({ available: undefined })).toBe("good");
});

test("a bad line should give up one step a look, but not while estimates settle, and never more than there are", () => {
  expect(many(START, "bad", 2).step).toBe(0);
  expect(many(START, "bad", 3).step).toBe(1);
  expect(many(START, "bad", 4).step).toBe(2);
  expect(many(START, "bad", 50).step).toBe(LAST);
});

test("the picture should come back step by step after a calm time, and a fair look begins it anew", () => {
  const low = many(START, "bad", 4);
  expect(many(low, "good", 4).step).toBe(2);
  expect(many(low, "good", 5).step).toBe(1);
  expect(many(low, "good", 10).step).toBe(0);
  expect(many(many(many(low, "good", 4), "fair", 1), "good", 4).step).toBe(2);
});

test("after a climb that failed the next one should wait twice as long", () => {
  const climbed = many(many(START, "bad", 4), "good", 5);
  const fallen = climb(climbed, "bad", LAST);
  expect(fallen.step).toBe(2);
  expect(many(fallen, "good", 9).step).toBe(2);
  expect(many(fallen, "good", 10).step).toBe(1);
});

test("a later fall should not count against the climb", () => {
  const climbed = many(many(many(START, "bad", 4), "good", 5), "fair", 10);
  expect(climb(climbed, "bad", LAST).patience).toBe(START.patience);
});

test("the lowest steps should keep the main picture alone, then glimpses of it", () => {
  expect(RECEIVING.at(-2)).toMatchObject({ quality: "low", others: false, glimpse: false });
  expect(RECEIVING.at(-1)).toMatchObject({ quality: "low", others: false, glimpse: true });
});

test("a declared line should bound what is sent from the start", () => {
  expect(firstStep(undefined)).toBe(0);
  expect(firstStep(5000)).toBe(0);
  expect(firstStep(1000)).toBe(1);
  expect(firstStep(300)).toBe(2);
  expect(firstStep(64)).toBe(SENDING.length - 1);
});

const three = [{ active: true }, { active: true }, { active: true }];

test("layers should be switched off from above and come back, those that nobody watches stay off", () => {
  const cut = limited(three, 2, new Set())!;
  expect(cut.layers.map((one) => one.active)).toEqual([true, false, false]);
  expect(cut.layers[0]).toMatchObject({ maxBitrate: 120_000, maxFramerate: 10 });
  expect([...cut.off]).toEqual([1, 2]);
  const back = limited(cut.layers, 0, cut.off)!;
  expect(back.layers.map((one) => one.active)).toEqual([true, true, true]);
  expect(back.off.size).toBe(0);
  const unwatched = limited([{ active: true }, { active: true }, { active: false }], 0, new Set())!;
  expect(unwatched.layers[2]!.active).toBe(false);
});

test("layers that are as wanted should be left alone", () => {
  const set = limited(three, 0, new Set())!;
  expect(limited(set.layers, 0, set.off)).toBeNull();
  const cut = limited(set.layers, 3, set.off)!;
  expect(limited(cut.layers, 3, cut.off)).toBeNull();
});

test("a layer that the engine switches on again should be switched off again", () => {
  const cut = limited(three, 2, new Set())!;
  const again = cut.layers.map((one, index) => (index === 2 ? { ...one, active: true } : one));
  expect(limited(again, 2, cut.off)!.layers.map((one) => one.active)).toEqual([true, false, false]);
});

test("statistics of the browser should be read", () => {
  const told: [string, unknown][] = [
    ["a", { type: "inbound-rtp", kind: "audio", packetsReceived: 100, packetsLost: 5, totalSamplesReceived: 96_000, concealedSamples: 900, silentConcealedSamples: 400, jitter: 0.02 }],
    ["v", { type: "inbound-rtp", kind: "video", packetsReceived: 300, packetsLost: 7, jitter: 0.9 }],
    ["p", { type: "candidate-pair", nominated: true, availableOutgoingBitrate: 800_000, currentRoundTripTime: 0.07 }],
    ["q", { type: "candidate-pair", nominated: false, currentRoundTripTime: 9 }],
    ["r", { type: "remote-inbound-rtp", fractionLost: 0.04 }],
  ];
  expect(readSample(told)).toEqual({
    received: 400, lost: 12, samples: 96_000, concealed: 500, jitter: 0.02, available: 800, lostAtFarEnd: 0.04, rtt: 0.07,
  });
  expect(readSample([]).available).toBeUndefined();
});
