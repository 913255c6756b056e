import type { RemoteParticipant, RemoteTrackPublication, Room } from "livekit-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MainFirst } from "./main-first";

/** Stands for a track that somebody publishes. */
class FakeTrack {
  isDesired = false;
  isSubscribed = false;
  readonly setSubscribed = vi.fn((on: boolean) => void (this.isDesired = on));
}
let people = new Map<string, { identity: string; trackPublications: Map<string, FakeTrack> }>();
const enters = (identity: string): void => {
  people.set(identity, { identity, trackPublications: new Map([["a", new FakeTrack()], ["v", new FakeTrack()]]) });
};
const publishes = (order: MainFirst, identity: string): void => {
  enters(identity);
  const person = people.get(identity)!;
  for (const track of person.trackPublications.values())
    order.published(track as unknown as RemoteTrackPublication, person as unknown as RemoteParticipant);
};
const room = (...there: string[]): Room => {
  people = new Map();
  there.forEach(enters);
  return { remoteParticipants: people } as unknown as Room;
};
/** Whose tracks have been asked for. */
const wanted = (): string[] =>
  [...people.values()].filter((one) => [...one.trackPublications.values()].every((track) => track.isDesired)).map((one) => one.identity);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the large and the pinned seat and two more should be asked for first, all once they are here", () => {
  const order = new MainFirst(room("a", "b", "c", "hub", "sign"), ["hub", "sign"]);
  order.begin();
  expect(wanted()).toEqual(["a", "b", "hub", "sign"]);
  order.arrived();
  vi.advanceTimersByTime(300);
  expect(wanted()).toHaveLength(5);
  for (const one of people.values()) for (const track of one.trackPublications.values()) expect(track.setSubscribed).toHaveBeenCalledOnce();
});

test("nothing that comes should not mean nobody else", () => {
  const order = new MainFirst(room("a", "b", "c"), [""]);
  order.begin();
  expect(wanted()).toEqual(["a", "b"]);
  vi.advanceTimersByTime(1500);
  expect(wanted()).toEqual(["a", "b", "c"]);
});

test("who comes later should be asked for: the first at once, the others with everybody", () => {
  const order = new MainFirst(room(), ["hub"]);
  order.begin();
  for (const seat of ["a", "b", "c", "hub"]) publishes(order, seat);
  expect(wanted()).toEqual(["a", "b", "hub"]);
  vi.advanceTimersByTime(1500);
  publishes(order, "d");
  expect(wanted()).toEqual(["a", "b", "c", "hub", "d"]);
});

test("who was asked for and does not come should be asked for again", () => {
  const order = new MainFirst(room("a", "b"), []);
  order.begin();
  const [here, missing] = ["a", "b"].map((seat) => people.get(seat)!.trackPublications.get("a")!);
  here!.isSubscribed = true;
  vi.advanceTimersByTime(2000);
  expect([here!.setSubscribed.mock.calls.length, missing!.setSubscribed.mock.calls.length]).toEqual([1, 2]);
  order.stop();
});

test("a room that was left should ask for nobody", () => {
  const order = new MainFirst(room("a", "b", "c"), []);
  order.begin();
  order.stop();
  vi.advanceTimersByTime(5000);
  expect(wanted()).toEqual(["a", "b"]);
});
