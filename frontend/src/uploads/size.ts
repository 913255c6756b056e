/**
 * Files that are too many or too large are told beside their field, before anything is sent.
 *
 * `<input type="file" data-most="5" data-megabytes="20" data-together="60">`. Without JavaScript the server says the
 * same after the sending.
 */
import { say } from "../language";

export function fault(input: HTMLInputElement): string {
  const [most, each, together] = ["most", "megabytes", "together"].map((name) => Number(input.dataset[name]));
  const files = [...(input.files ?? [])];
  const sent = document.querySelectorAll(`#${input.id}_sent input:checked`).length;
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);
  const large = files.find((file) => megabytes(file.size) > each!);
  if (files.length + sent > most!) {
    return say(
      `Chọn nhiều nhất ${most} tệp; đang chọn ${files.length + sent} tệp.`,
      `Choose at most ${most} files; ${files.length + sent} are chosen.`,
    );
  }
  if (large) {
    const size = megabytes(large.size);
    return say(
      `Tệp «${large.name}» nặng ${size} MB; mỗi tệp tối đa ${each} MB.`,
      `The file «${large.name}» has ${size} MB; a file may have ${each} MB at most.`,
    );
  }
  const all = megabytes(files.reduce((sum, file) => sum + file.size, 0));
  if (all <= together!) return "";
  return say(
    `Các tệp nặng ${all} MB; gửi một lần tối đa ${together} MB.`,
    `The files have ${all} MB; ${together} MB at most may be sent at once.`,
  );
}

/** Shows what is wrong above the field, or takes the message away; true when all is well. */
export function check(input: HTMLInputElement): boolean {
  const words = fault(input);
  const known = document.getElementById(`${input.id}_error`);
  const box = known ?? Object.assign(document.createElement("div"), { id: `${input.id}_error`, className: "field__error" });
  box.setAttribute("role", "alert");
  box.textContent = words;
  if (words && !known) input.before(box);
  if (!words) box.remove();
  if (words) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  input.closest(".field")?.classList.toggle("invalid", words !== "");
  return words === "";
}

document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLInputElement && event.target.dataset["megabytes"]) check(event.target);
});
document.addEventListener("submit", (event) => {
  const inputs = (event.target as Element).querySelectorAll<HTMLInputElement>("input[data-megabytes]");
  const wrong = [...inputs].find((input) => !check(input));
  if (wrong) (event.preventDefault(), event.stopImmediatePropagation(), wrong.focus());
}, { capture: true });
