import { expect, test, vi } from "vitest";
import { pressByKey } from "./press-key";

const stroke = (key: string, more: object = {}): void => void document.dispatchEvent(new KeyboardEvent("keydown", { key, ...more }));

test("a button should be pressed by its own key alone, once a stroke", () => {
  const stop = pressByKey();
  document.body.innerHTML = '<button type="button" data-key="F8"></button><input />';
  const pressed = vi.fn();
  document.querySelector("button")!.onclick = pressed;
  stroke("F8");
  expect(pressed).toHaveBeenCalledOnce();
  stroke("F8", { repeat: true });
  stroke("F8", { ctrlKey: true });
  stroke("a");
  expect(pressed).toHaveBeenCalledOnce();
  stop();
  stroke("F8");
  expect(pressed).toHaveBeenCalledOnce();
});
