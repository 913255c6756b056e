import { beforeEach, expect, test } from "vitest";
import { Tiles, part } from "./tiles";

let tiles: Tiles;
const tile = (seat: string): HTMLElement | null => tiles.grid.querySelector(`[data-seat="${seat}"]`);

beforeEach(() => {
  tiles = new Tiles(part("div", "stage__tiles"));
});

test("a seat should have one tile, named in words", () => {
  tiles.put("site-06202", "xã Bắc Sơn");
  tiles.put("site-06202", "xã Bắc Sơn (điểm cầu)");
  expect(tiles.grid.children.length).toBe(1);
  expect(tile("site-06202")!.textContent).toContain("xã Bắc Sơn (điểm cầu)");
  expect(tiles.grid.dataset["count"]).toBe("1");
});

test("media that comes before its participant should still find a tile", () => {
  tiles.attach("hub", document.createElement("video"));
  expect(tile("hub")!.querySelector("video")).not.toBeNull();
});

test("names should be shown as text, never as markup", () => {
  tiles.put("hub", "<img src=x>");
  expect(tile("hub")!.querySelector("img")).toBeNull();
});

test("the main seat should be large only while others are there", () => {
  tiles.put("hub", "Tỉnh");
  tiles.main = "hub";
  expect(tiles.grid.classList.contains("has-main")).toBe(false);
  tiles.put("site-1", "Xã");
  expect(tiles.grid.classList.contains("has-main")).toBe(true);
  expect(tile("hub")!.classList.contains("main")).toBe(true);
});

test("the chair's screens should go before the turn's: one seat large, or all equal", () => {
  tiles.put("hub", "Tỉnh");
  tiles.put("site-1", "Xã");
  tiles.main = "hub";
  tiles.direct("speaker", "site-1");
  expect(tile("site-1")!.classList.contains("main")).toBe(true);
  expect(tile("hub")!.classList.contains("main")).toBe(false);
  tiles.remove("site-1");
  expect(tile("hub")!.classList.contains("main")).toBe(true);
  tiles.put("site-1", "Xã");
  tiles.direct("grid", "");
  expect(tiles.grid.classList.contains("has-main")).toBe(false);
  tiles.direct("pair", "");
  expect(tiles.grid.dataset["layout"]).toBe("pair");
});

test("speaking should mark exactly who speaks", () => {
  tiles.put("a", "A");
  tiles.put("b", "B");
  tiles.speaking(["b"]);
  expect([tile("a"), tile("b")].map((one) => one!.classList.contains("speaking"))).toEqual([false, true]);
  tiles.speaking([]);
  expect(tile("b")!.classList.contains("speaking")).toBe(false);
});

test("a weak line should be told in words on its tile", () => {
  tiles.put("a", "A");
  tiles.line("a", "weak");
  expect(tile("a")!.querySelector('[role="status"]')!.textContent).toContain("Đường truyền yếu");
  tiles.line("a", "good");
  expect(tile("a")!.querySelector('[role="status"]')!.textContent).toBe("");
  tiles.line("nobody", "lost");
});

test("clearing should leave an empty stage", () => {
  tiles.put("a", "A");
  tiles.put("b", "B");
  tiles.clear();
  expect(tiles.grid.children.length).toBe(0);
  expect(tiles.grid.dataset["count"]).toBe("0");
});

test("the citizens' window should be told who is shown, who large, and the state of the line", () => {
  tiles.put("hub", "Tỉnh");
  tiles.line("hub", "weak");
  tiles.main = "hub";
  expect(tiles.pictures()).toEqual([
    { seat: "hub", name: "Tỉnh", main: true, pinned: false, line: expect.stringContaining("Đường truyền yếu"), stream: null },
  ]);
});

test("a picture that we reduced ourselves should say so, whatever the engine thinks of the far line", () => {
  const tiles = new Tiles(part("div", ""));
  tiles.put("hub", "Trụ sở");
  tiles.reduced(new Set(["hub"]));
  expect(tiles.grid.textContent).toContain("đã giảm hình, tiếng vẫn tốt");
  tiles.line("hub", "lost");
  expect(tiles.grid.textContent).toContain("Mất đường truyền");
  tiles.line("hub", "good");
  expect(tiles.grid.textContent).toContain("đã giảm hình, tiếng vẫn tốt");
  tiles.reduced(new Set());
  expect(tiles.grid.textContent).not.toContain("yếu");
});

test("who is pinned should stand beside the grid: the others share it as if alone", () => {
  for (const seat of ["hub", "site-1", "signs"]) tiles.put(seat, seat);
  tiles.pinned = ["signs"];
  expect(tiles.grid.dataset["count"]).toBe("2");
  tiles.remove("hub");
  tiles.remove("site-1");
  expect(tiles.grid.dataset["count"]).toBe("1");
});
