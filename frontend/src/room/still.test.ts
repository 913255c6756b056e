import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startStills } from "./still";

const fetched = vi.fn(async (_url: string, _options: RequestInit) => new Response(null, { status: 204 }));
const drawn = vi.fn();
let [allowed, weak, width] = [true, false, 640];
let stop = (): void => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetched);
  [allowed, weak, width] = [true, false, 640];
  HTMLCanvasElement.prototype.getContext = (() => ({ drawImage: drawn })) as never;
  HTMLCanvasElement.prototype.toBlob = ((done: (blob: Blob) => void) => done(new Blob(["x"]))) as never;
  const picture = (): HTMLVideoElement => ({ videoWidth: width, videoHeight: 480 }) as HTMLVideoElement;
  stop = startStills("/anh/", "c", { picture, allowed: () => allowed, weak: () => weak });
});
afterEach(() => {
  stop();
  vi.clearAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

test("a picture should be sent every five seconds, cut to the tile", async () => {
  await pass(10);
  expect(fetched).toHaveBeenCalledTimes(2);
  expect(fetched.mock.calls[0]![0]).toBe("/anh/");
  expect(drawn.mock.calls[0]!.slice(1)).toEqual([0, -22.5, 240, 180]);
});

test("nothing should leave while the wall may not look, or there is no picture", async () => {
  allowed = false;
  await pass(10);
  [allowed, width] = [true, 0];
  await pass(10);
  expect(fetched).not.toHaveBeenCalled();
});

test("on a weak line a picture should go each half minute only", async () => {
  weak = true;
  await pass(60);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test("a stage that is gone should send nothing more", async () => {
  stop();
  await pass(60);
  expect(fetched).not.toHaveBeenCalled();
});
