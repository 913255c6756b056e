import { beforeEach, expect, test } from "vitest";
import { find, forget, keep, restore } from "./draft";

const HOUR = 3_600_000;
const form = (): HTMLFormElement => document.querySelector("form")!;
const control = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`)!;

beforeEach(() => {
  localStorage.clear();
  document.body.innerHTML = `<form>
    <input name="csrfmiddlewaretoken" value="t1"><input name="submission_key" value="k1"><input name="full_name" value="Nông Thị Cúc">
    <input type="radio" name="consent" value="yes" checked><input type="radio" name="consent" value="no">
    <input type="checkbox" name="needs" value="hearing" checked><textarea name="content">Đất</textarea></form>`;
});

test("a draft should come back as it was, with its key, never with a token", () => {
  keep("an", form());
  expect(localStorage.getItem("tiepdan.draft.an")).not.toContain("t1");
  for (const name of ["full_name", "content", "submission_key"]) control(name).value = "";
  document.querySelector<HTMLInputElement>("[value=no]")!.checked = true;
  control("needs").checked = false;
  restore(form(), find("an")!);
  expect(control("full_name").value).toBe("Nông Thị Cúc");
  expect(control("submission_key").value).toBe("k1");
  expect(control("csrfmiddlewaretoken").value).toBe("t1");
  expect(document.querySelector<HTMLInputElement>("[value=yes]")!.checked).toBe(true);
  expect(control("needs").checked).toBe(true);
});

test("an empty form should not be kept", () => {
  control("full_name").value = " ";
  control("content").value = "";
  keep("an", form());
  expect(find("an")).toBeNull();
});

test("a draft should be its writer's only, and go after half a day", () => {
  keep("an", form(), 0);
  expect(find("binh", HOUR)).toBeNull();
  expect(find("an", 12 * HOUR)).not.toBeNull();
  expect(find("binh", 13 * HOUR)).toBeNull();
  expect(localStorage.length).toBe(0);
});

test("saving should clear one's own draft only", () => {
  keep("an", form());
  keep("binh", form());
  forget("an");
  expect(find("binh")).not.toBeNull();
  expect(find("an")).toBeNull();
});

test("a spoilt draft should be thrown away", () => {
  localStorage.setItem("tiepdan.draft.an", "{");
  expect(find("an")).toBeNull();
});
