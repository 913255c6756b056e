/** Tries camera, microphone, loudspeaker and line before a sitting, the last by way of the real engine. */
import { Room, type LocalTrack } from "livekit-client";
import { say } from "../language";
import { deviceProblem, openDevices } from "./devices";
import { figures, totals, type Figures } from "./line-figures";
import { readPath } from "./media-path";
import { part } from "./tiles";
import { signallingUrl } from "./token-client";

/** Long enough for the engine's first picture and a few reports of the other end. */
const MEDIA_MS = 8000;
const TONE_MS = 1200;

type Stats = Iterable<readonly [string, unknown]>;

/** Attributes: `data-enter-url`, `data-probe-url`, `data-result-url` (the page itself), `data-csrf`. */
export class DeviceCheck extends HTMLElement {
  #tracks: LocalTrack[] = [];
  readonly #start = button(say("Bắt đầu kiểm tra", "Start the check"), "button primary large");
  readonly #yes = button(say("Nghe rõ", "I hear it"), "button");
  readonly #no = button(say("Không nghe thấy", "I hear nothing"), "button");
  readonly #again = button(say("Phát lại", "Play again"), "button");
  readonly #words = part("p", "lead");
  readonly #own = part("figure", "check__own");

  connectedCallback(): void {
    this.#words.setAttribute("role", "status");
    const answers = part("div", "cluster");
    answers.append(this.#yes, this.#no, this.#again);
    this.#hear(false);
    this.#start.onclick = () => void this.#run();
    this.#again.onclick = () => void tone();
    this.append(this.#own, this.#words, answers, this.#start);
  }

  disconnectedCallback(): void {
    for (const track of this.#tracks) track.stop();
  }

  async #run(): Promise<void> {
    this.#start.hidden = true;
    await this.#devices();
    this.#say(say("Đang thử loa: có nghe tiếng chuông không?", "Loudspeaker: do you hear the tone?"));
    const heard = await this.#ask();
    this.#say(say("Đang đo đường truyền…", "Measuring the line…"));
    const rates = await lineRates(this.#url("probe"), this.#csrf()).catch(() => ({ up_kbps: 0, down_kbps: 0 }));
    this.#say(say("Đang thử hình và tiếng qua máy chủ…", "Trying picture and sound by way of the server…"));
    const entered = await this.#enter();
    const media = entered ? await this.#media(entered.send, entered.listen).catch(() => undefined) : undefined;
    const kinds = this.#tracks.map((track) => track.kind as string);
    const found = { ...media, ...rates, media: media !== undefined, heard };
    const devices = { camera: kinds.includes("video"), microphone: kinds.includes("audio") };
    if (entered && (await this.#tell(entered.check, { ...found, ...devices }))) return location.reload();
    this.#say(
      say(
        "Không gửi được kết quả: máy chủ không trả lời. Vẫn có thể mở điểm cầu; hãy gọi kỹ thuật viên.",
        "The result could not be sent: the server does not answer. The site can still be opened; call the operator.",
      ),
    );
    this.#start.hidden = false;
  }

  async #devices(): Promise<void> {
    try {
      this.#tracks = this.#tracks.length ? this.#tracks : await openDevices(() => undefined);
    } catch (error) {
      this.#own.textContent = deviceProblem(error);
    }
    const picture = this.#tracks.find((track) => (track.kind as string) === "video")?.attach();
    if (picture) this.#own.replaceChildren(picture);
  }

  async #ask(): Promise<boolean> {
    this.#hear(true);
    void tone();
    const answer = await new Promise<boolean>((resolve) => {
      this.#yes.onclick = () => resolve(true);
      this.#no.onclick = () => resolve(false);
    });
    this.#hear(false);
    return answer;
  }

  async #enter(): Promise<{ check: string; send: string; listen: string } | undefined> {
    const answer = await post(this.#url("enter"), this.#csrf(), "").catch(() => undefined);
    return answer?.ok ? ((await answer.json()) as { check: string; send: string; listen: string }) : undefined;
  }

  /** Sends into the private room and gets the same back: what arrives has gone both ways. */
  async #media(send: string, listen: string): Promise<Figures> {
    const [sender, listener] = [new Room(), new Room({ adaptiveStream: false })];
    try {
      const url = signallingUrl("", location.href);
      await listener.connect(url, listen, { maxRetries: 0 });
      await sender.connect(url, send, { maxRetries: 0 });
      for (const track of this.#tracks) await sender.localParticipant.publishTrack(track, { source: track.source });
      await wait(MEDIA_MS / 4);
      const before = totals([await stats(sender), await stats(listener)], performance.now());
      await wait((3 * MEDIA_MS) / 4);
      const sent = await stats(sender);
      const found = figures(before, totals([sent, await stats(listener)], performance.now()));
      if (found.down_kbps === 0) throw new Error("nothing came back");
      return { ...found, path: readPath(sent).replace("/", "-") };
    } finally {
      await Promise.all([sender.disconnect(false), listener.disconnect(false)]);
    }
  }

  async #tell(check: string, found: object): Promise<boolean> {
    const answer = await post(`${this.#url("result")}${check}/`, this.#csrf(), JSON.stringify(found)).catch(() => undefined);
    return answer?.ok === true;
  }

  #hear(shown: boolean): void {
    for (const one of [this.#yes, this.#no, this.#again]) one.hidden = !shown;
  }

  #say(words: string): void {
    this.#words.textContent = words;
  }

  #url(which: string): string {
    return this.dataset[`${which}Url`] ?? "";
  }

  #csrf(): string {
    return this.dataset["csrf"] ?? "";
  }
}

/** What the line takes, in kbit/s, by bytes of ours each way. */
export async function lineRates(url: string, csrf: string): Promise<{ up_kbps: number; down_kbps: number }> {
  const fetched = performance.now();
  const bytes = await (await fetch(url, { cache: "no-store" })).arrayBuffer();
  const down = rate(bytes.byteLength, performance.now() - fetched);
  const sent = performance.now();
  await post(url, csrf, bytes);
  return { down_kbps: down, up_kbps: rate(bytes.byteLength, performance.now() - sent) };
}

/** kbit/s of so many bytes in so many milliseconds. */
export function rate(bytes: number, milliseconds: number): number {
  return Math.round((bytes * 8) / Math.max(milliseconds, 1));
}

async function stats(room: Room): Promise<Stats> {
  const transport = room.engine.pcManager?.publisher as unknown as { _pc?: RTCPeerConnection } | undefined;
  return ((await transport?._pc?.getStats()) ?? []) as Stats;
}

function post(url: string, csrf: string, body: string | ArrayBuffer): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": csrf, "Content-Type": typeof body === "string" ? "application/json" : "application/octet-stream" },
    body,
    credentials: "same-origin",
  });
}

/** A tone made here: nothing to load, nothing to mistake for speech. */
async function tone(): Promise<void> {
  const sound = new AudioContext();
  const [source, volume] = [sound.createOscillator(), sound.createGain()];
  source.frequency.value = 660;
  volume.gain.value = 0.2;
  source.connect(volume).connect(sound.destination);
  source.start();
  await wait(TONE_MS);
  await sound.close();
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function button(words: string, look: string): HTMLButtonElement {
  const element = part("button", look, words) as HTMLButtonElement;
  element.type = "button";
  return element;
}
