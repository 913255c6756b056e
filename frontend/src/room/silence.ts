/** Says in large letters that the chair has switched this room's microphone off, and offers it again. */
import { say } from "../language";
import { part } from "./tiles";

/** Why this room is not heard: "" it is; "muted" once, and it may speak again; "locked" until the chair unlocks it. */
export type Silence = "" | "muted" | "locked";

export const silenceWords = (silence: Silence): string =>
  ({
    "": "",
    muted: say("Chủ trì đã tắt micro", "The chair has switched your microphone off"),
    locked: say(
      "Chủ trì đang khóa micro: xin chờ, khi được mời nói micro tự bật lại",
      "The chair has locked your microphone: please wait, it comes back by itself when you are asked to speak",
    ),
  })[silence];

export class SilenceSign {
  readonly element = part("div", "silence stage__part");
  readonly #words = part("p", "silence__words");
  readonly #again = part("button", "button large", say("Bật lại micro", "Turn the microphone on again")) as HTMLButtonElement;
  #silence: Silence = "";

  constructor(speakAgain: () => void) {
    this.#words.setAttribute("role", "status");
    this.#again.type = "button";
    this.#again.onclick = speakAgain;
    this.element.append(this.#words, this.#again);
    this.show("");
  }

  get silence(): Silence {
    return this.#silence;
  }

  show(silence: Silence): void {
    this.#silence = silence;
    this.element.dataset["silence"] = silence;
    this.#words.textContent = silenceWords(silence);
    this.#again.hidden = silence !== "muted";
  }
}
