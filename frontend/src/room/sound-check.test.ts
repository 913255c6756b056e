import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The microphone these tests cannot have: levels in the order they are asked for. */
const heard: number[] = [];
const close = vi.fn();
const open = vi.fn(async () => ({
  level: async (done: Promise<unknown>) => done.then(() => heard.shift()),
  record: async (done: Promise<unknown>) => done.then(() => new Blob(["x"])),
  close,
}));
vi.mock("./microphone", () => ({ Microphone: { open } }));
const { SoundCheck } = await import("./sound-check");
customElements.define("sound-check", SoundCheck);

const played: { address: string; volume: number }[] = [];
class FakeAudio {
  volume = 1;
  onended: (() => void) | null = null;
  constructor(readonly address: string) {}
  async play(): Promise<void> {
    played.push({ address: this.address, volume: this.volume });
    setTimeout(() => this.onended?.(), 100);
  }
  pause(): void {}
}
const check = (): HTMLElement => document.querySelector("sound-check")!;
const words = (): string => document.querySelector("[role=status]")!.textContent!;
const press = (): void => document.querySelector("button")!.click();
const settle = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Audio", FakeAudio);
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:recorded");
  vi.spyOn(URL, "revokeObjectURL").mockReturnValue();
  localStorage.clear();
  played.length = 0;
  heard.splice(0, 3, -60, -58, -25);
  document.body.innerHTML = '<sound-check data-prompt="/thu-loa.mp3"></sound-check><sitting-stage><audio></audio></sitting-stage>';
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.clearAllMocks();
  vi.useRealTimers();
});

test("one press should play the sentence, let somebody speak, play it back and say what was found", async () => {
  press();
  await settle(1600);
  expect(words()).toContain("Mời nói một câu");
  await settle(5000);
  expect(played.map((one) => one.address)).toEqual(["/thu-loa.mp3", "blob:recorded"]);
  expect(check().dataset["finding"]).toBe("good");
  expect(close).toHaveBeenCalledTimes(1);
  expect(document.querySelector("button")!.disabled).toBe(false);
});

test("in the room it should refuse, because everybody would hear it", () => {
  vi.stubGlobal("tiepdanStage", { state: "inside" });
  press();
  expect(open).not.toHaveBeenCalled();
  expect(words()).toContain("mọi người sẽ nghe thấy");
});

test("a call into the room should stop the test at once", async () => {
  press();
  await settle(500);
  document.body.dispatchEvent(new CustomEvent("sitting:admitted"));
  await settle(0);
  expect(words()).toContain("dừng thử");
  expect(close).toHaveBeenCalledTimes(1);
  await settle(10_000);
  expect(played).toEqual([]);
});

test("a microphone that cannot be opened should be explained", async () => {
  open.mockRejectedValueOnce(new DOMException("", "NotAllowedError"));
  press();
  await settle(0);
  expect(words()).toContain("chưa cho phép");
});

test("the volume should reach everybody on the stage, the sentence, and the next visit", async () => {
  const slider = document.querySelector<HTMLInputElement>("input")!;
  slider.value = "40";
  slider.dispatchEvent(new Event("input"));
  expect(document.querySelector("audio")!.volume).toBeCloseTo(0.4);
  press();
  await settle(1600);
  expect(played[0]!.volume).toBeCloseTo(0.4);
  document.body.innerHTML = "<sound-check></sound-check>";
  expect(document.querySelector<HTMLInputElement>("input")!.value).toBe("40");
});
