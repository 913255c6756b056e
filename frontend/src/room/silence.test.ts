import { expect, test, vi } from "vitest";
import { SilenceSign, silenceWords } from "./silence";

const button = (sign: SilenceSign): HTMLButtonElement => sign.element.querySelector("button")!;

test("a room that is heard should read nothing and have nothing to press", () => {
  const sign = new SilenceSign(vi.fn());
  expect(sign.element.textContent).not.toContain("Chủ trì");
  expect(button(sign).hidden).toBe(true);
});

test("a room muted once should be told so and may speak again", () => {
  const again = vi.fn();
  const sign = new SilenceSign(again);
  sign.show("muted");
  expect(sign.element.textContent).toContain("Chủ trì đã tắt micro");
  button(sign).click();
  expect(again).toHaveBeenCalledOnce();
});

test("a locked room should be told to wait, with nothing to press", () => {
  const sign = new SilenceSign(vi.fn());
  sign.show("locked");
  expect(sign.silence).toBe("locked");
  expect(sign.element.querySelector("p")!.textContent).toBe(silenceWords("locked"));
  expect(button(sign).hidden).toBe(true);
});
