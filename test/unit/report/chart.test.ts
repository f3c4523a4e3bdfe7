import { describe, expect, it } from "vitest";
import { type Chart, chartSvg, rangeOf } from "../../../src/report/figures/chart";

const chart: Chart = {
  title: 'a < b & "c"',
  xLabel: "x",
  yLabel: "y",
  x: [0, 10],
  y: [0, 1],
  lines: [{ label: "<one>", xs: [0, 5, 10], ys: [0, Number.NaN, 1] }],
  points: [{ label: "people", xs: [5], ys: [0.5] }],
  diagonal: false,
};

describe("a chart", () => {
  it("takes names as text", () => {
    const svg = chartSvg(chart);
    expect(svg).toContain('aria-label="a &lt; b &amp; &quot;c&quot;"');
    expect(svg).toContain("&lt;one&gt;");
    expect(svg).not.toContain("<one>");
  });

  it("draws from corner to corner and leaves out what is no number", () => {
    const svg = chartSvg(chart);
    expect(svg).toContain('d="M52 276L408 12"');
    expect(svg).toContain('<circle cx="230" cy="144" r="3"');
    expect(svg).not.toContain("NaN");
  });

  it("is a little wider than its values", () => {
    expect(rangeOf([0, 10, Number.NaN])).toEqual([-0.5, 10.5]);
    expect(rangeOf([])).toEqual([0, 1]);
    const [low, high] = rangeOf([3, 3]);
    expect(high).toBeGreaterThan(low);
  });
});
