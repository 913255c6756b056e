import { say } from "../language";
import { part } from "./tiles";

/** How often the page looks whether the citizens' window is open, in milliseconds. */
const LOOK_EVERY = 1000;

/**
 * The button that opens the citizens' window; the browser allows that only by a person's press.
 * Attribute `data-url`: the window's page. One name for the window, so that a second press brings the same one.
 */
export class ScreenOpener extends HTMLElement {
  readonly #words = part("p", "small muted");
  #timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.#words.setAttribute("role", "status");
    this.append(this.#words);
    this.addEventListener("click", this.#open);
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY);
    this.#look();
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    this.removeEventListener("click", this.#open);
  }

  readonly #open = (event: Event): void => {
    if (!(event.target as Element).closest("button")) return;
    const opened = window.open(this.dataset["url"] ?? "", "tiepdan-man-hinh", "popup,width=1280,height=720");
    this.classList.toggle("blocked", opened === null);
    opened?.focus();
    this.#look();
  };

  #look(): void {
    const open = window.tiepdanStage?.screen.watched() ?? false;
    if (open) this.classList.remove("blocked");
    const words = open ? opened() : this.classList.contains("blocked") ? blocked() : closed();
    if (this.#words.textContent !== words) this.#words.textContent = words;
  }
}

const opened = (): string =>
  say("Màn hình cho công dân đang mở; tiếng phát từ trang này.", "The citizens' screen is open; the sound comes from this page.");
const closed = (): string =>
  say("Kéo cửa sổ mới sang màn hình lớn rồi nhấn phím F11.", "Move the new window to the large screen and press F11.");
const blocked = (): string =>
  say(
    "Trình duyệt đã chặn cửa sổ mới. Cho phép trang này mở cửa sổ (biểu tượng ở thanh địa chỉ) rồi bấm lại.",
    "The browser has blocked the new window. Allow this page to open windows (sign in the address bar) and press again.",
  );
