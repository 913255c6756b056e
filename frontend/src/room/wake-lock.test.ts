import { expect, test, vi } from "vitest";
import { stayAwake } from "./wake-lock";

test("the screen should be locked now and after each return to the page", () => {
  const request = vi.fn(async () => {
    throw new DOMException("battery low", "NotAllowedError");
  });
  Object.defineProperty(navigator, "wakeLock", { value: { request }, configurable: true });
  stayAwake();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(request.mock.calls).toEqual([["screen"], ["screen"]]);
});
