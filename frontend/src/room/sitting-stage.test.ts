import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RoomListener } from "./media-room";
import type { Grant } from "./seat-machine";

/** Stands for the engine's client, the part of the browser these tests cannot have. */
class FakeRoom {
  static all: FakeRoom[] = [];
  static door: () => Promise<void> = async () => {};
  left = false;
  grant: Grant | undefined;
  tracks: readonly unknown[] = [];
  constructor(
    readonly tiles: unknown,
    readonly meter: unknown,
    readonly listener: RoomListener,
  ) {
    FakeRoom.all.push(this);
  }
  async enter(grant: Grant, tracks: readonly unknown[]): Promise<void> {
    [this.grant, this.tracks] = [grant, tracks];
    await FakeRoom.door();
    if (!this.left) this.listener.connected();
  }
  async publish(tracks: readonly unknown[]): Promise<void> {
    this.tracks = tracks;
  }
  readonly speakAgain = vi.fn();
  leave(): void {
    this.left = true;
  }
  iceServers(): string[] {
    return ["stun:here"];
  }
}
const camera = { kind: "video", stop: vi.fn(), attach: () => document.createElement("video") };
const openDevices = vi.fn(async () => [camera]);
const alreadyAllowed = vi.fn(async () => true);
vi.mock("./media-room", () => ({ MediaRoom: FakeRoom }));
vi.mock("./devices", () => ({ openDevices, alreadyAllowed, deviceProblem: () => "Không thấy camera" }));
const { SittingStage } = await import("./sitting-stage");
customElements.define("sitting-stage", SittingStage);

/** The server's answers to token requests, in order; the last one repeats. */
let answers: Response[] = [];
const asked = vi.fn(async (_url: string, _options: RequestInit) => (answers.length > 1 ? answers.shift()! : answers[0]!.clone()));
const yes = (room: string): Response => Response.json({ url: "", token: "t", room, part: "turn", title: "Lượt 4" });
const no = (): Response => new Response("", { status: 409 });
const stage = (): HTMLElement => document.querySelector("sitting-stage")!;
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const call = (kind: string, data: object): boolean =>
  document.body.dispatchEvent(new CustomEvent(`sitting:${kind}`, { detail: { sequence: 1, kind, at: "", data } }));
const press = (words: string): void =>
  [...document.querySelectorAll("button")].find((one) => one.textContent === words)!.click();

async function load(...given: Response[]): Promise<void> {
  await loadAs("", ...given);
}

async function loadAs(attributes: string, ...given: Response[]): Promise<void> {
  answers = given;
  document.body.innerHTML = `<sitting-stage ${attributes} data-token-url="/t/" data-seat="site-1" data-csrf="c"><p>Còn 2 người</p></sitting-stage>`;
  await settle();
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", asked);
  FakeRoom.all = [];
  FakeRoom.door = async () => {};
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.clearAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a seat not called should wait with its own preview and no connection", async () => {
  await load(no());
  expect(stage().dataset["state"]).toBe("waiting");
  expect(stage().textContent).toContain("Đang chờ");
  expect(stage().textContent).toContain("Còn 2 người");
  expect(stage().querySelector(".stage__own video")).not.toBeNull();
  expect(FakeRoom.all).toEqual([]);
});

test("a seat already admitted should go in at load and carry its tracks", async () => {
  await load(yes("a"));
  expect(window.tiepdanStage).toMatchObject({ state: "inside", room: "a" });
  expect(FakeRoom.all[0]!.tracks).toEqual([camera]);
  expect(stage().textContent).toContain("Đang trong phòng");
});

test("a call should bring the waiting seat in", async () => {
  await load(no(), yes("b"));
  call("admitted", { room: "b", part: "turn", title: "Lượt 4" });
  expect(stage().textContent).toContain("Đang vào phòng: Lượt 4");
  await settle();
  expect(window.tiepdanStage!.room).toBe("b");
  expect(String(asked.mock.calls[1]![1].body)).toBe("room=b");
});

test("a call for another seat should change nothing", async () => {
  await load(no());
  call("admitted", { room: "b", seat: "site-2" });
  await settle();
  expect(asked).toHaveBeenCalledTimes(1);
});

test("the next room should be entered with the same tracks after the old one was left", async () => {
  await load(yes("a"), yes("b"));
  call("admitted", { room: "b" });
  expect(FakeRoom.all[0]!.left).toBe(true);
  await settle();
  expect(FakeRoom.all[1]!.tracks).toEqual([camera]);
  expect(openDevices).toHaveBeenCalledTimes(1);
  expect(camera.stop).not.toHaveBeenCalled();
});

test("a withdrawal should leave at once and show the waiting view", async () => {
  await load(yes("a"));
  call("withdrawn", { room: "a" });
  expect(FakeRoom.all[0]!.left).toBe(true);
  expect(window.tiepdanStage).toMatchObject({ state: "waiting", room: "" });
});

test("a withdrawal while the door is still opening should not end inside", async () => {
  let open: () => void = () => {};
  FakeRoom.door = () => new Promise((done) => (open = done));
  await load(yes("a"));
  call("withdrawn", { room: "a" });
  open();
  await settle(10_000);
  expect(window.tiepdanStage!.state).toBe("waiting");
});

test("a drop should ask again after 0.3 s and go back in", async () => {
  await load(yes("a"), yes("a"));
  FakeRoom.all[0]!.listener.dropped();
  expect(stage().textContent).toContain("Mất kết nối, đang vào lại");
  await settle(299);
  expect(asked).toHaveBeenCalledTimes(1);
  await settle(1);
  expect(window.tiepdanStage!.state).toBe("inside");
});

test("a closed door should be tried again with a fresh token", async () => {
  FakeRoom.door = () => Promise.reject(new Error("closed"));
  await load(yes("a"));
  await settle(300 + 1000);
  expect(asked.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(window.tiepdanStage!.state).toBe("lost");
});

test("a seat opened on a second page should give way instead of fighting for it", async () => {
  await load(yes("a"));
  FakeRoom.all[0]!.listener.displaced();
  await settle(20_000);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(stage().textContent).toContain("một trang khác");
});

test("devices should wait for a press where the browser must ask first", async () => {
  alreadyAllowed.mockResolvedValueOnce(false);
  await load(yes("a"));
  expect(openDevices).not.toHaveBeenCalled();
  press("Bật camera và micro");
  await settle();
  expect(FakeRoom.all[0]!.tracks).toEqual([camera]);
});

test("a seat that only watches should ask for no camera and no microphone", async () => {
  await loadAs("data-watches", yes("a"));
  expect(window.tiepdanStage).toMatchObject({ state: "inside", room: "a" });
  expect(alreadyAllowed).not.toHaveBeenCalled();
  expect(openDevices).not.toHaveBeenCalled();
  expect(stage().querySelector<HTMLElement>(".stage__own")!.hidden).toBe(true);
});

test("missing devices should be explained and may be tried again", async () => {
  openDevices.mockRejectedValueOnce(new Error("none"));
  await load(no());
  expect(stage().textContent).toContain("Không thấy camera");
  press("Bật camera và micro");
  await settle();
  expect(stage().querySelector(".stage__own video")).not.toBeNull();
});

test("a microphone switched off by the chair should be told in words, on the citizens' window too", async () => {
  await load(yes("a"));
  const { listener } = FakeRoom.all[0]!;
  listener.silenced("muted");
  expect(stage().querySelector(".silence")!.textContent).toContain("tắt micro");
  expect(window.tiepdanStage!.screen.silence()).toContain("tắt micro");
  press("Bật lại micro");
  expect(FakeRoom.all[0]!.speakAgain).toHaveBeenCalledOnce();
  listener.silenced("");
  expect(window.tiepdanStage!.screen.silence()).toBe("");
});

test("a mute should end with the room it was pressed in, not with a lost line", async () => {
  const microphone = { kind: "audio", isMuted: true, stop: vi.fn(), unmute: vi.fn() };
  openDevices.mockResolvedValueOnce([camera, microphone] as never);
  await load(yes("a"), yes("a"), yes("b"));
  microphone.unmute.mockClear();
  FakeRoom.all[0]!.listener.dropped();
  await settle(300);
  expect(microphone.unmute).not.toHaveBeenCalled();
  call("admitted", { room: "b" });
  await settle();
  expect(microphone.unmute).toHaveBeenCalledOnce();
});

test("the citizens' window should be lent the room's own picture, and be known to look", async () => {
  await load(no());
  const screen = window.tiepdanStage!.screen;
  expect(screen.watched()).toBe(false);
  expect(screen.pictures()).toEqual([]);
  expect(screen.watched()).toBe(true);
  screen.shown("hub", 1280, 720);
  await settle(2000);
  expect(screen.watched()).toBe(false);
});

test("the readings should never hold a token and cannot be changed", async () => {
  await load(yes("a"));
  expect(Object.keys(window.tiepdanStage!).sort()).toEqual(["bytesReceived", "iceServers", "lineSteps", "mediaPath", "room", "screen", "state"]);
  expect(Object.isFrozen(window.tiepdanStage)).toBe(true);
  expect(window.tiepdanStage!.iceServers()).toEqual(["stun:here"]);
  expect(await window.tiepdanStage!.bytesReceived()).toBe(0);
});

test("a stage taken off the page should leave and close its devices", async () => {
  await load(yes("a"));
  document.body.innerHTML = "";
  expect(FakeRoom.all[0]!.left).toBe(true);
  expect(camera.stop).toHaveBeenCalled();
  expect(window.tiepdanStage).toBeUndefined();
});
