import { expect, test } from "vitest";
import { decibels, findingWords, judge, usual, type Finding, type Levels } from "./sound-levels";

const levels = (quiet: number, prompt: number, speech: number): Levels => ({ quiet, prompt, speech });

test.each<[Finding, Levels]>([
  ["good", levels(-60, -58, -25)],
  ["unheard", levels(-90, -90, -80)],
  ["echo", levels(-60, -30, -25)],
  ["noisy", levels(-28, -27, -25)],
  ["loud", levels(-60, -58, -3)],
])("%s should be what these levels mean", (finding, given) => {
  expect(judge(given)).toBe(finding);
});

test("a microphone that hears nothing should be named before anything else", () => {
  expect(judge(levels(-100, -49, -60))).toBe("unheard");
});

test("every bad finding should say to try again", () => {
  for (const finding of ["unheard", "noisy", "echo", "loud"] as const) expect(findingWords(finding)).toContain("thử lại");
});

test("decibels should be of the root mean square, silence never minus infinity", () => {
  expect(decibels(new Float32Array(8).fill(1))).toBeCloseTo(0);
  expect(decibels(new Float32Array(8).fill(0.1))).toBeCloseTo(-20);
  expect(decibels(new Float32Array(8))).toBe(-100);
  expect(decibels(new Float32Array(0))).toBe(-100);
});

test("the usual level should not be the pauses of a sentence, nor one click", () => {
  expect(usual([...Array(60).fill(-90), ...Array(38).fill(-20), -1, -1])).toBe(-20);
  expect(usual([])).toBe(-100);
});
