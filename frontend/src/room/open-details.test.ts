import { expect, test } from "vitest";
import { keepUnfolded } from "./open-details";

test("what is unfolded should stay so in the new region, and nothing else", () => {
  const stop = keepUnfolded();
  document.body.innerHTML = '<div id="r"><details id="a" open></details><details id="b"></details></div>';
  const fragment = document.createElement("div");
  fragment.innerHTML = '<div id="r"><details id="a"></details><details id="b"></details></div>';
  const target = document.getElementById("r")!;
  target.dispatchEvent(new CustomEvent("htmx:oobBeforeSwap", { bubbles: true, detail: { target, fragment } }));
  expect(fragment.querySelector("#a")!.hasAttribute("open")).toBe(true);
  expect(fragment.querySelector("#b")!.hasAttribute("open")).toBe(false);
  stop();
});
