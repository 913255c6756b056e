import { beforeEach, expect, test, vi } from "vitest";
import { ByteMeter } from "./byte-meter";
import type { RoomListener } from "./media-room";
import { Tiles, part } from "./tiles";

type Listener = (...told: unknown[]) => void;

/** Stands for the engine's client: no test machine has cameras, lines and a media server. */
class FakeClient {
  static last: FakeClient;
  readonly remoteParticipants = new Map<string, unknown>();
  readonly trackPublications = new Map<string, { track: unknown; source?: string; isMuted?: boolean }>();
  readonly publishTrack = vi.fn(async (track: unknown) => void this.trackPublications.set(String(this.trackPublications.size), { track }));
  readonly localParticipant: Record<string, unknown> = {
    identity: "me",
    trackPublications: this.trackPublications,
    publishTrack: this.publishTrack,
    getTrackPublication: () => undefined,
    permissions: { canPublish: true, canPublishSources: [] },
  };
  readonly connect = vi.fn(async (..._given: unknown[]) => this.say(RoomEvent.SignalConnected));
  readonly disconnect = vi.fn(async (_stop: boolean) => {});
  readonly engine = { pcManager: { publisher: { _pc: { getConfiguration: () => ({ iceServers: [{ urls: ["stun:ours:3478"] }] }) } } } };
  readonly #listeners = new Map<string, Listener>();
  canPlaybackAudio = true;
  constructor(readonly options: Record<string, unknown>) {
    FakeClient.last = this;
  }
  on(name: string, listener: Listener): this {
    this.#listeners.set(name, listener);
    return this;
  }
  say(name: string, ...told: unknown[]): void {
    this.#listeners.get(name)!(...told);
  }
}
vi.mock("livekit-client", async (original) => ({ ...(await original<object>()), Room: FakeClient }));
const { DisconnectReason, RoomEvent, Track } = await import("livekit-client");
const { MediaRoom } = await import("./media-room");

const grant = { url: "ws://h", token: "t", room: "a", part: "turn", title: "", main: "hub", sign: "site-2" };
const camera = { source: Track.Source.Camera } as never;
const microphone = { source: Track.Source.Microphone } as never;
const hub = { identity: "hub", name: "Điểm cầu tỉnh", isLocal: false };
const me = { identity: "me", isLocal: true };
const allow = (...numbers: number[]): void => {
  FakeClient.last.localParticipant["permissions"] = { canPublish: true, canPublishSources: numbers };
};

let tiles: Tiles;
let told: string[];
let room: InstanceType<typeof MediaRoom>;

beforeEach(() => {
  tiles = new Tiles(part("div", ""));
  told = [];
  const listener = new Proxy({}, { get: (_, name) => (value?: unknown) => told.push([String(name), value].join(" ").trim()) });
  room = new MediaRoom(tiles, new ByteMeter(), listener as RoomListener);
});

test("the client should send layers, keep devices open, and never fall silent on the wire", () => {
  expect(FakeClient.last.options).toMatchObject({
    adaptiveStream: true,
    dynacast: true,
    stopLocalTrackOnUnpublish: false,
    publishDefaults: { simulcast: true, videoCodec: "vp8", red: true, dtx: false },
  });
});

test("entering should show who is there and publish each track once", async () => {
  FakeClient.last.remoteParticipants.set("hub", hub);
  await room.enter(grant, [camera, microphone]);
  await room.publish([camera, microphone]);
  expect(tiles.grid.textContent).toContain("Điểm cầu tỉnh");
  expect(FakeClient.last.publishTrack).toHaveBeenCalledTimes(2);
  expect(told).toEqual(["connected"]);
});

test("publishing should begin when the engine has answered, before media can flow", async () => {
  let flows = (): void => {};
  FakeClient.last.connect.mockImplementation(async () => {
    FakeClient.last.say(RoomEvent.SignalConnected);
    await new Promise<void>((done) => (flows = done));
  });
  const entered = room.enter(grant, [camera]);
  await vi.waitFor(() => expect(FakeClient.last.publishTrack).toHaveBeenCalledTimes(1));
  expect(told).toEqual([]);
  flows();
  await entered;
  expect(FakeClient.last.publishTrack).toHaveBeenCalledTimes(1);
  expect(told).toEqual(["connected"]);
});

test("a seat left while the door opened should publish nothing", async () => {
  FakeClient.last.connect.mockImplementation(async () => room.leave());
  await room.enter(grant, [camera]);
  expect(FakeClient.last.publishTrack).not.toHaveBeenCalled();
  expect(told).toEqual([]);
});

test("what could not be published should be tried again, until the room is left", async () => {
  vi.useFakeTimers();
  FakeClient.last.publishTrack.mockRejectedValueOnce(new Error("no answer"));
  await room.enter(grant, [microphone]);
  await vi.advanceTimersByTimeAsync(2000);
  expect([FakeClient.last.publishTrack.mock.calls.length, FakeClient.last.trackPublications.size]).toEqual([2, 1]);
  FakeClient.last.publishTrack.mockRejectedValueOnce(new Error("no answer"));
  await room.publish([microphone, camera]);
  room.leave();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(FakeClient.last.publishTrack).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});

test("the room of all sites should be entered without asking for everybody at once", async () => {
  await room.enter({ ...grant, part: "plenary" }, []);
  expect(FakeClient.last.connect.mock.lastCall?.at(-1)).toMatchObject({ autoSubscribe: false });
  await room.enter({ ...grant, part: "visit" }, []);
  expect(FakeClient.last.connect.mock.lastCall?.at(-1)).toMatchObject({ autoSubscribe: true });
});

test("only sources the seat may publish should go out, the rest when it may again", async () => {
  allow(1);
  await room.enter(grant, [camera, microphone]);
  expect(FakeClient.last.publishTrack).toHaveBeenCalledTimes(1);
  allow(1, 2);
  FakeClient.last.say(RoomEvent.ParticipantPermissionsChanged, undefined, me);
  await room.publish([camera, microphone]);
  expect(FakeClient.last.publishTrack).toHaveBeenCalledTimes(2);
  expect(told.filter((one) => one.startsWith("silenced"))).toEqual(["silenced locked", "silenced"]);
});

test("leaving should close the connection, once the next room may have been asked for, but not the camera", () => {
  vi.useFakeTimers();
  room.leave();
  room.leave();
  expect(FakeClient.last.disconnect).not.toHaveBeenCalled();
  vi.runAllTimers();
  vi.useRealTimers();
  expect(FakeClient.last.disconnect.mock.calls).toEqual([[false]]);
});

test("what an old room still says should not touch the next room's pictures", () => {
  room.leave();
  tiles.put("hub", "Điểm cầu tỉnh");
  FakeClient.last.say(RoomEvent.ParticipantDisconnected, hub);
  FakeClient.last.say(RoomEvent.Disconnected, DisconnectReason.CLIENT_INITIATED);
  expect(tiles.grid.children.length).toBe(1);
  expect(told).toEqual([]);
});

test("a drop, a shaky line and another page should each be told apart", () => {
  FakeClient.last.say(RoomEvent.Reconnecting);
  FakeClient.last.say(RoomEvent.Reconnected);
  FakeClient.last.say(RoomEvent.Disconnected, DisconnectReason.ROOM_DELETED);
  FakeClient.last.say(RoomEvent.Disconnected, DisconnectReason.DUPLICATE_IDENTITY);
  expect(told).toEqual(["shaky", "connected", "dropped", "displaced"]);
});

test("our own microphone switched off should be told, others' not, and be switched on again", async () => {
  const unmute = vi.fn();
  const own = { track: { unmute }, source: Track.Source.Microphone, isMuted: false };
  FakeClient.last.trackPublications.set("mic", own);
  FakeClient.last.say(RoomEvent.TrackMuted, {}, hub);
  expect(told).toEqual([]);
  own.isMuted = true;
  FakeClient.last.say(RoomEvent.TrackMuted, {}, me);
  await room.speakAgain();
  own.isMuted = false;
  FakeClient.last.say(RoomEvent.TrackUnmuted, {}, me);
  expect(unmute).toHaveBeenCalledOnce();
  expect(told).toEqual(["silenced muted", "silenced"]);
});

test("a lock lifted after a mute should leave the mute, which the room may end", () => {
  FakeClient.last.trackPublications.set("mic", { track: {}, source: Track.Source.Microphone, isMuted: true });
  allow(1);
  FakeClient.last.say(RoomEvent.ParticipantPermissionsChanged, undefined, me);
  allow(1, 2);
  FakeClient.last.say(RoomEvent.ParticipantPermissionsChanged, undefined, me);
  expect(told).toEqual(["silenced locked", "silenced muted"]);
});

test("addresses for finding the way should be readable", () => {
  expect(room.iceServers()).toEqual(["stun:ours:3478"]);
});

test("the sign interpreter should be pinned at the door, and unpinned when the secretary says so", async () => {
  await room.enter(grant, []);
  tiles.put("site-2", "Phiên dịch");
  const pinned = (): boolean => tiles.grid.querySelector("[data-seat=site-2]")!.classList.contains("interpreter");
  expect(pinned()).toBe(true);
  room.pin("");
  expect(pinned()).toBe(false);
});

test("a screen or a paper should have a tile of its own, and leave it alone when it goes", async () => {
  await room.enter(grant, [camera]);
  const element = document.createElement("video");
  const paper = { source: Track.Source.ScreenShare, receiver: {}, attach: () => element, detach: () => [element] };
  FakeClient.last.say(RoomEvent.ParticipantConnected, hub);
  FakeClient.last.say(RoomEvent.TrackSubscribed, paper, {}, hub);
  tiles.direct("document", "");
  const large = (): string | undefined => tiles.pictures().find((one) => one.main)?.seat;
  expect([tiles.pictures().map((one) => one.name), large()]).toEqual([["Điểm cầu tỉnh", "Giấy tờ · Điểm cầu tỉnh"], "hub:paper"]);
  FakeClient.last.say(RoomEvent.TrackUnsubscribed, paper, {}, hub);
  expect([tiles.pictures().length, large()]).toEqual([1, "hub"]);
});

test("the right to share should be told when it comes and when it goes, and used at once", async () => {
  allow(1, 2);
  const paper = { source: Track.Source.ScreenShare } as never;
  await room.enter(grant, [camera, paper]);
  expect(FakeClient.last.publishTrack).toHaveBeenCalledTimes(1);
  for (const numbers of [[1, 2, 3], [1, 2, 3], [1, 2]]) {
    allow(...numbers);
    FakeClient.last.say(RoomEvent.ParticipantPermissionsChanged, undefined, me);
  }
  await room.publish([camera, paper]);
  expect(told.filter((one) => one.startsWith("mayShare"))).toEqual(["mayShare true", "mayShare false"]);
});
