import { describe, expect, test } from "vitest";
import { START, stateWords, step, type Effect, type Grant, type Seat, type SeatEvent } from "./seat-machine";

const grantTo = (room: string): Grant => ({ url: "ws://x", token: "t", room, part: "turn", title: "Lượt 4", main: "", sign: "" });

function play(...events: SeatEvent[]): { seat: Seat; effects: readonly Effect[] } {
  return events.reduce<{ seat: Seat; effects: readonly Effect[] }>((now, event) => step(now.seat, event), {
    seat: START,
    effects: [],
  });
}

const admittedTo = (room: string): SeatEvent => ({ kind: "admitted", room, title: "Lượt 4" });
const inside = (): SeatEvent[] => [
  { kind: "loaded" },
  { kind: "granted", ask: 1, grant: grantTo("a") },
  { kind: "connected", ask: 1 },
];

describe("a page that just loaded", () => {
  test("should ask the server without naming a room and look like waiting", () => {
    const { seat, effects } = play({ kind: "loaded" });
    expect(effects).toEqual([{ kind: "ask", ask: 1, room: "", after: 0 }]);
    expect(seat.state).toBe("waiting");
  });

  test("should stay waiting when refused", () => {
    const { seat, effects } = play({ kind: "loaded" }, { kind: "refused", ask: 1 });
    expect(seat.state).toBe("waiting");
    expect(effects).toEqual([]);
  });

  test("should connect when granted", () => {
    const { seat, effects } = play({ kind: "loaded" }, { kind: "granted", ask: 1, grant: grantTo("a") });
    expect(seat).toMatchObject({ state: "entering", room: "a", title: "Lượt 4" });
    expect(effects).toEqual([{ kind: "connect", ask: 1, grant: grantTo("a") }]);
  });

  test("should keep asking quietly while the server cannot be reached", () => {
    const { seat, effects } = play({ kind: "loaded" }, { kind: "failed", ask: 1 }, { kind: "failed", ask: 2 });
    expect(seat.state).toBe("waiting");
    expect(effects).toEqual([{ kind: "ask", ask: 3, room: "", after: 700 }]);
  });
});

describe("a call", () => {
  test("should ask for that room's token at once", () => {
    const { seat, effects } = play({ kind: "loaded" }, { kind: "refused", ask: 1 }, admittedTo("a"));
    expect(seat).toMatchObject({ state: "entering", room: "a" });
    expect(effects).toEqual([{ kind: "ask", ask: 2, room: "a", after: 0 }]);
  });

  test("to another room should leave the old room before asking", () => {
    const { effects } = play(...inside(), admittedTo("b"));
    expect(effects).toEqual([{ kind: "leave" }, { kind: "ask", ask: 2, room: "b", after: 0 }]);
  });

  test("to the room we are in should change nothing", () => {
    const { seat, effects } = play(...inside(), admittedTo("a"));
    expect(seat.state).toBe("inside");
    expect(effects).toEqual([]);
  });

  test("refused by the server should end in waiting outside every room", () => {
    const { seat, effects } = play(...inside(), admittedTo("b"), { kind: "refused", ask: 2 });
    expect(seat.state).toBe("waiting");
    expect(effects).toEqual([{ kind: "leave" }]);
  });

  test("should throw away the answer to an older ask", () => {
    const { seat, effects } = play({ kind: "loaded" }, admittedTo("b"), { kind: "granted", ask: 1, grant: grantTo("a") });
    expect(seat.room).toBe("b");
    expect(effects).toEqual([]);
  });
});

describe("a withdrawal", () => {
  test("should leave at once and forget the room", () => {
    const { seat, effects } = play(...inside(), { kind: "withdrawn", room: "a" });
    expect(seat).toMatchObject({ state: "waiting", room: "" });
    expect(effects).toEqual([{ kind: "leave" }]);
  });

  test("should make a token that is still under way worthless", () => {
    const before = play(admittedTo("a"), { kind: "withdrawn", room: "a" });
    const { effects } = step(before.seat, { kind: "granted", ask: 1, grant: grantTo("a") });
    expect(effects).toEqual([]);
  });

  test("from another room should change nothing", () => {
    const { seat, effects } = play(...inside(), { kind: "withdrawn", room: "zz" });
    expect(seat.state).toBe("inside");
    expect(effects).toEqual([]);
  });

  test("without a room's name should take us out", () => {
    expect(play(...inside(), { kind: "withdrawn", room: "" }).seat.state).toBe("waiting");
  });
});

describe("a bad line", () => {
  test("should be told in words while the client resumes by itself", () => {
    expect(play(...inside(), { kind: "shaky", ask: 1 }).seat.state).toBe("lost");
    expect(play(...inside(), { kind: "shaky", ask: 1 }, { kind: "connected", ask: 1 }).seat.state).toBe("inside");
  });

  test("that drops us should ask again after 0.3, 0.7, then each second", () => {
    let now = play(...inside());
    const waits: number[] = [];
    for (let ask = 1; ask <= 5; ask += 1) {
      now = step(now.seat, { kind: "dropped", ask });
      waits.push(...now.effects.map((effect) => (effect.kind === "ask" ? effect.after : -1)));
    }
    expect(waits).toEqual([300, 700, 1000, 1000, 1000]);
    expect(now.seat).toMatchObject({ state: "lost", room: "a" });
  });

  test("should count from the start again after a good connection", () => {
    const { effects } = play(
      ...inside(),
      { kind: "dropped", ask: 1 },
      { kind: "granted", ask: 2, grant: grantTo("a") },
      { kind: "connected", ask: 2 },
      { kind: "dropped", ask: 2 },
    );
    expect(effects).toEqual([{ kind: "ask", ask: 3, room: "a", after: 300 }]);
  });

  test("after which the server no longer admits us should end in waiting", () => {
    const { seat } = play(...inside(), { kind: "dropped", ask: 1 }, { kind: "refused", ask: 2 });
    expect(seat.state).toBe("waiting");
  });

  test("reported for a room we have left should change nothing", () => {
    const { seat, effects } = play(...inside(), { kind: "withdrawn", room: "a" }, { kind: "dropped", ask: 1 });
    expect(seat.state).toBe("waiting");
    expect(effects).toEqual([]);
  });
});

test("each state should have its words", () => {
  expect((["waiting", "entering", "inside", "lost"] as const).map(stateWords)).toEqual([
    "Đang chờ",
    "Đang vào phòng",
    "Đang trong phòng",
    "Mất kết nối, đang vào lại",
  ]);
});

describe("the end of the engine", () => {
  test("should leave its room at once and wait for the call to the next, asking only if none comes", () => {
    const { seat, effects } = play(...inside(), { kind: "engine ended", room: "a" });
    expect(seat).toMatchObject({ state: "lost", room: "a" });
    expect(effects).toEqual([{ kind: "leave" }, { kind: "ask", ask: 2, room: "", after: 4000 }]);
    const back = step(seat, admittedTo("b"));
    expect(back.effects).toContainEqual({ kind: "ask", ask: 3, room: "b", after: 0 });
  });

  test("should not touch a newer room, nor a page that waits", () => {
    expect(play(...inside(), { kind: "engine ended", room: "older" }).seat.state).toBe("inside");
    expect(play({ kind: "loaded" }, { kind: "engine ended", room: "a" }).seat.state).toBe("waiting");
  });
});
