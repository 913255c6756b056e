import { afterEach, expect, test, vi } from "vitest";
import { alreadyAllowed, deviceProblem } from "./devices";

const permissions = (answer: (name: string) => string) =>
  vi.stubGlobal("navigator", { permissions: { query: async ({ name }: { name: string }) => ({ state: answer(name) }) } });

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

test("devices should open by themselves only when both are allowed", async () => {
  permissions(() => "granted");
  expect(await alreadyAllowed()).toBe(true);
  permissions((name) => (name === "camera" ? "prompt" : "granted"));
  expect(await alreadyAllowed()).toBe(false);
});

test("a tab that had them open should try at once after a reload, whatever the browser says", async () => {
  permissions(() => "prompt");
  sessionStorage.setItem("tiepdan.devices", "1");
  expect(await alreadyAllowed()).toBe(true);
});

test("a browser that cannot say should make the person press the button", async () => {
  permissions(() => {
    throw new TypeError("unknown permission");
  });
  expect(await alreadyAllowed()).toBe(false);
});

test.each([
  ["NotAllowedError", "chưa cho phép"],
  ["NotReadableError", "chương trình khác"],
  ["NotFoundError", "Không thấy"],
])("%s should be explained with what to do", (name, words) => {
  const error = new Error("x");
  error.name = name;
  expect(deviceProblem(error)).toContain(words);
  expect(deviceProblem(error)).toContain("bấm lại");
});
