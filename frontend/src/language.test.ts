import { afterEach, expect, test } from "vitest";

import { say } from "./language";

afterEach(() => document.documentElement.removeAttribute("lang"));

test.each([
  ["vi", "Thôi"],
  ["en", "No"],
  ["", "Thôi"],
])("a page in %s should be spoken to in its language", (lang, words) => {
  document.documentElement.lang = lang;
  expect(say("Thôi", "No")).toBe(words);
});
