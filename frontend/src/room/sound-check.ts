import { say } from "../language";
import { deviceProblem } from "./devices";
import { Microphone } from "./microphone";
import { findingWords, judge } from "./sound-levels";
import { part } from "./tiles";
import { setVolume, volume } from "./volume";

/** Milliseconds the room is listened to, and somebody is asked to speak. */
const QUIET = 1500;
const SPEECH = 4000;

/**
 * The room's volume, and a test of loudspeaker, microphone and echo in one press.
 *
 * A Vietnamese sentence is played, the microphone is measured meanwhile, then somebody speaks and hears it back.
 * Everything stays on this machine. Attribute `data-prompt`: the sentence's address.
 */
export class SoundCheck extends HTMLElement {
  readonly #words = part("p", "sound__words");
  readonly #start = part("button", "button small", say("Thử loa và micro", "Test loudspeaker and microphone")) as HTMLButtonElement;
  #stop = new AbortController();

  connectedCallback(): void {
    this.#words.setAttribute("role", "status");
    this.#start.type = "button";
    this.#start.onclick = () => void this.#run();
    this.append(this.#slider(), this.#start, this.#words);
    document.body.addEventListener("sitting:admitted", this.#called);
  }

  disconnectedCallback(): void {
    document.body.removeEventListener("sitting:admitted", this.#called);
    this.#stop.abort();
  }

  readonly #called = (): void => this.#stop.abort();

  #slider(): HTMLElement {
    const label = part("label", "sound__volume", say("Âm lượng loa", "Loudspeaker volume"));
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: "0", max: "100", step: "5", value: String(Math.round(volume() * 100)) });
    slider.oninput = () => setVolume(slider.valueAsNumber / 100);
    label.append(slider);
    return label;
  }

  async #run(): Promise<void> {
    if (window.tiepdanStage?.state === "inside") return this.#tell(notInside());
    this.#stop = new AbortController();
    this.#start.disabled = true;
    delete this.dataset["finding"];
    try {
      const microphone = await Microphone.open();
      await this.#measure(microphone).finally(() => microphone.close());
    } catch (error) {
      this.#tell(this.#stop.signal.aborted ? called() : problem(error));
    }
    this.#start.disabled = false;
  }

  async #measure(microphone: Microphone): Promise<void> {
    this.#tell(say("Xin giữ yên lặng một chút.", "Please be quiet for a moment."));
    const quiet = await microphone.level(this.#wait(QUIET));
    this.#tell(say("Loa đang phát câu thử. Trong phòng nghe rõ không?", "The loudspeaker speaks. Is it clear in the room?"));
    const prompt = await microphone.level(this.#play(this.dataset["prompt"] ?? ""));
    this.#tell(say("Mời nói một câu ở chỗ công dân ngồi.", "Please say a sentence from the citizen's chair."));
    const spoken = this.#wait(SPEECH);
    const [speech, recording] = await Promise.all([microphone.level(spoken), microphone.record(spoken)]);
    this.#tell(say("Đang phát lại tiếng vừa thu.", "Playing back what was recorded."));
    const address = URL.createObjectURL(recording);
    await this.#play(address).finally(() => URL.revokeObjectURL(address));
    this.dataset["finding"] = judge({ quiet, prompt, speech });
    this.#tell(findingWords(judge({ quiet, prompt, speech })));
  }

  /** Resolves when it has been played to its end; rejects when the room is called meanwhile. */
  #play(address: string): Promise<unknown> {
    const audio = new Audio(address);
    audio.volume = volume();
    const played = new Promise((resolve, reject) => {
      audio.onended = resolve;
      audio.play().catch(() => reject(new Error(notPlayed())));
    });
    return Promise.race([played, this.#abort()]).finally(() => audio.pause());
  }

  #wait(milliseconds: number): Promise<unknown> {
    return Promise.race([new Promise((resolve) => setTimeout(resolve, milliseconds)), this.#abort()]);
  }

  #abort(): Promise<never> {
    const { signal } = this.#stop;
    return new Promise((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason as Error);
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    });
  }

  #tell(words: string): void {
    this.#words.textContent = words;
  }
}

const problem = (error: unknown): string =>
  error instanceof Error && error.message === notPlayed() ? notPlayed() : deviceProblem(error);
const notPlayed = (): string =>
  say("Máy không phát được tiếng. Kiểm tra loa rồi thử lại.", "This machine cannot play sound. Check the loudspeaker and try again.");
const notInside = (): string =>
  say(
    "Đang trong phòng: thử lúc này mọi người sẽ nghe thấy. Xin thử khi đang chờ.",
    "In the room: everybody would hear the test. Please test while waiting.",
  );
const called = (): string =>
  say("Phòng vừa được gọi vào: dừng thử.", "The room has been called: the test has stopped.");
