import { expect, test } from "vitest";
import { keepAsLeft } from "./keep-as-left";

const region = (unfolded: string, chosen: string): string =>
  `<div id="r"><details id="a"${unfolded}></details><details id="b"></details>` +
  `<select id="s"><option value="">Bây giờ</option><option value="7"${chosen}>14:03</option></select></div>`;

test("what is unfolded or chosen should stay so in the new region, and nothing else", () => {
  const stop = keepAsLeft();
  document.body.innerHTML = region(" open", " selected");
  const fragment = document.createElement("div");
  fragment.innerHTML = region("", "");
  const target = document.getElementById("r")!;
  target.dispatchEvent(new CustomEvent("htmx:oobBeforeSwap", { bubbles: true, detail: { target, fragment } }));
  expect(fragment.querySelector("#a")!.hasAttribute("open")).toBe(true);
  expect(fragment.querySelector("#b")!.hasAttribute("open")).toBe(false);
  expect(fragment.querySelector("[value='7']")!.hasAttribute("selected")).toBe(true);
  stop();
});

test("what is being typed should stay in the new region, unless it has just been sent", () => {
  const stop = keepAsLeft();
  const form = (sent: string): string =>
    `<div id="r"><details id="a" open><form${sent}><textarea id="t"></textarea><input id="i" value="cũ"></form></details></div>`;
  const anew = (sent: string): HTMLElement => {
    document.body.innerHTML = form(sent);
    document.querySelector<HTMLTextAreaElement>("#t")!.value = "Người bệnh";
    const [fragment, target] = [document.createElement("div"), document.getElementById("r")!];
    fragment.innerHTML = form("").replace(" open", "").replace("cũ", "mới");
    target.dispatchEvent(new CustomEvent("htmx:oobBeforeSwap", { bubbles: true, detail: { target, fragment } }));
    return fragment;
  };
  const values = (made: HTMLElement): unknown[] => [
    made.querySelector<HTMLTextAreaElement>("#t")!.value,
    made.querySelector<HTMLInputElement>("#i")!.value,
    made.querySelector("#a")!.hasAttribute("open"),
  ];
  expect(values(anew(""))).toEqual(["Người bệnh", "mới", true]);
  expect(values(anew(' aria-busy="true"'))).toEqual(["", "mới", false]);
  stop();
});
