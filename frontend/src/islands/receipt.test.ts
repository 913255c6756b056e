import { beforeEach, expect, test, vi } from "vitest";
import "./receipt";

const press = (selector: string): boolean =>
  document.querySelector(selector)!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));

beforeEach(() => {
  window.print = vi.fn();
  document.body.innerHTML = '<a data-print href="#"><b>In</b></a><button data-print-page>In trang</button>';
});

test("without a paper the button should stay a link", () => {
  expect(press("[data-print] b")).toBe(true);
});

test("the paper shown should be printed, not the page", () => {
  const paper = document.createElement("iframe");
  const print = vi.fn();
  Object.defineProperty(paper, "contentWindow", { value: { focus: vi.fn(), print } });
  const find = document.querySelector.bind(document); // the test's page loads no frames
  vi.spyOn(document, "querySelector").mockImplementation((words) => (words.startsWith("iframe") ? paper : find(words)));
  expect(press("[data-print] b")).toBe(false);
  expect(print).toHaveBeenCalledTimes(1);
  expect(window.print).not.toHaveBeenCalled();
});

test("a button for the page should print the page", () => {
  press("[data-print-page]");
  expect(window.print).toHaveBeenCalledTimes(1);
});
