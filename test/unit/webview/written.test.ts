import { describe, expect, it } from "vitest";
import { sentenceText } from "../../../src/network/sentence";
import { compareCells } from "../../../webview/shared/cells";
import { formatDuration, formatMetric } from "../../../webview/shared/numbers";

describe("what is written", () => {
  it("says NaN and infinity instead of hiding them", () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, null, 0.70314, 12.3456, 0].map(formatMetric)).toEqual([
      "NaN",
      "∞",
      "–",
      "0.7031",
      "12.346",
      "0.0000",
    ]);
  });

  it("shortens durations to two units", () => {
    expect([0.417, 4.2, 59.7, 245, 7_800, 273_600].map(formatDuration)).toEqual([
      "0.42 s",
      "4.2 s",
      "1 min 00 s",
      "4 min 05 s",
      "2 h 10 min",
      "3 d 4 h",
    ]);
  });

  it("fills the places of a text, and leaves a place without value visible", () => {
    expect(sentenceText({ template: "Epoch {0} of {1}", values: [3] })).toBe("Epoch 3 of {1}");
  });

  it("sorts what has no value last whichever way", () => {
    const sorted = (sign: 1 | -1) => [2, null, 1, Number.NaN].sort((a, b) => compareCells(a, b, sign));
    expect(sorted(1)).toEqual([1, 2, null, Number.NaN]);
    expect(sorted(-1)).toEqual([2, 1, null, Number.NaN]);
  });
});
