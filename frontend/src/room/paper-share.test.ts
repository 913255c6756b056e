import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** Stands for the engine's client: its tracks need a browser with cameras. */
vi.mock("livekit-client", async (original) => ({
  ...(await original<object>()),
  LocalVideoTrack: class {
    source = "";
    readonly stop = vi.fn();
    constructor(readonly mediaStreamTrack: unknown) {}
  },
}));
const { PaperShare } = await import("./paper-share");

class Media extends EventTarget {
  contentHint = "";
  readonly stop = vi.fn();
}

let posts: string[][] = [];
let answer: [number, string] = [204, ""];
let media: Media;
let wanted: unknown[] = [];
let cameras = ["room", "paper"];
let done: string[] = [];
let share: InstanceType<typeof PaperShare>;
const settings = { shareUrl: "/chia-se/", hideUrl: "/thoi/", csrf: "c", seat: "huu-lung" };
const button = (words: string): HTMLButtonElement => [...share.element.querySelectorAll("button")].find((one) => one.textContent!.includes(words))!;
const settle = async (): Promise<void> => void (await new Promise((after) => setTimeout(after)));
const shown = (): string[] => [...share.element.querySelectorAll("button")].filter((one) => !one.hidden).map((one) => one.textContent!);
const press = async (words: string): Promise<void> => {
  button(words).click();
  await settle();
};

beforeEach(() => {
  [posts, answer, media, wanted, cameras, done] = [[], [204, ""], new Media(), [], ["room", "paper"], []];
  vi.stubGlobal("navigator", {
    mediaDevices: {
      getDisplayMedia: async () => ({ getVideoTracks: () => [media] }),
      getUserMedia: async (asked: unknown) => (wanted.push(asked), { getVideoTracks: () => [media] }),
      enumerateDevices: async () => cameras.map((deviceId) => ({ kind: "videoinput", deviceId })),
    },
  });
  vi.stubGlobal("fetch", async (url: string, options: { body: URLSearchParams }) => {
    posts.push([url, options.body.toString()]);
    return new Response(answer[0] === 204 ? null : answer[1], { status: answer[0] });
  });
  share = new PaperShare(settings, {
    camera: () => "room",
    send: (track) => void done.push(`send ${track.source}`),
    take: () => void done.push("take"),
  });
  share.grant(true);
  share.offer(true);
});
afterEach(() => void vi.unstubAllGlobals());

test("outside a turn, or where nobody may show, nothing should be offered", () => {
  share.offer(false);
  expect(share.element.hidden).toBe(true);
  const other = new PaperShare({ seat: "bac-son" }, { camera: () => "", send: () => {}, take: () => {} });
  other.grant(true);
  other.offer(true);
  expect(other.element.hidden).toBe(true);
  share.offer(true);
  expect(share.element.hidden).toBe(false);
  share.grant(false); // the next turn is a denunciation's
  share.offer(true);
  expect(share.element.hidden).toBe(true);
});

test("a paper should be looked at by the other camera, sharp, once the server agreed", async () => {
  await press("camera");
  expect(JSON.stringify(wanted)).toContain('"exact":"paper"');
  expect(posts).toEqual([["/chia-se/", "seat=huu-lung&kind=camera"]]);
  expect([done, media.contentHint, shown()]).toEqual([["send screen_share"], "detail", ["Thôi chiếu"]]);
});

test("a machine with one camera should be told what is missing, and nobody asked", async () => {
  cameras = ["room"];
  await press("camera");
  expect(share.element.textContent).toContain("Không thấy camera thứ hai");
  expect(posts).toEqual([]);
});

test("a refusal should be told, and nothing sent", async () => {
  answer = [200, "Chỉ trình chiếu được trong một lượt đã bắt đầu."];
  await press("màn hình");
  expect(share.element.textContent).toContain("lượt đã bắt đầu");
  expect([done, media.stop.mock.calls.length]).toEqual([[], 1]);
});

test("it should end by our press, by the browser's own, and tell the server", async () => {
  for (const end of [() => button("Thôi").click(), () => media.dispatchEvent(new Event("ended"))]) {
    [posts, done] = [[], []];
    await press("màn hình");
    end();
    await settle();
    expect([done, posts.map(([url]) => url)]).toEqual([["send screen_share", "take"], ["/chia-se/", "/thoi/"]]);
  }
});

test("when the right is taken away it should end without a word to the server", async () => {
  button("màn hình").click();
  share.allowed(true); // the engine is often quicker than our own server's answer
  await settle();
  share.allowed(false);
  expect([done, posts.length, shown().length]).toEqual([["send screen_share", "take"], 1, 2]);
});
