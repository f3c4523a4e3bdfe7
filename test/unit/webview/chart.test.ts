import { describe, expect, it } from "vitest";
import { Column } from "../../../src/run/column";
import { align } from "../../../webview/shared/chart/align";
import {
  coverings,
  drawnRange,
  type Figure,
  flagOf,
  labelCenter,
  labelRows,
  type Mark,
  markedPoints,
  ruleBaseline,
  type Series,
  WHOLE,
  xExtent,
  yExtent,
} from "../../../webview/shared/chart/figure";
import { figureCsv } from "../../../webview/shared/chart/figureCsv";
import { figureTable } from "../../../webview/shared/chart/figureTable";
import { lowerBound, nearestIndex } from "../../../webview/shared/chart/nearest";
import { pan, readingsAt, zoomAround } from "../../../webview/shared/chart/readout";
import { renderSvg } from "../../../webview/shared/chart/renderSvg";
import { smooth } from "../../../webview/shared/chart/smoothing";
import { formatTick, linearTicks, logTicks } from "../../../webview/shared/chart/ticks";
import { toCsv } from "../../../webview/shared/csv";

const line = (
  id: string,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  changed: Partial<Series> = {},
): Series => ({
  id,
  label: id,
  xs,
  ys,
  color: 0,
  dash: "solid",
  shape: "circle",
  ghost: false,
  ...changed,
});

const figure = (series: readonly Series[], changed: Partial<Figure> = {}): Figure => ({
  id: "loss",
  title: "Loss",
  xLabel: "Epochs",
  yLabel: "Loss",
  series,
  marks: [],
  rules: [],
  logScale: false,
  ...changed,
});

describe("smooth", () => {
  it("starts at the first value instead of at zero", () => {
    expect(Array.from(smooth([2, 2, 2], 0.9)).map((value) => value.toFixed(12))).toEqual(
      [2, 2, 2].map((value) => value.toFixed(12)),
    );
  });

  it("is the weighted mean of the values so far", () => {
    // Weights 0.5^2 : 0.5 : 1 of the values 1, 2, 4, normalised: (0.25 + 1 + 4) / 1.75.
    expect(smooth([1, 2, 4], 0.5)[2]).toBeCloseTo(3, 12);
  });

  it("leaves values that are not numbers where they are and goes on", () => {
    const smoothed = smooth([1, Number.NaN, 1], 0.6);
    expect(smoothed[1]).toBeNaN();
    expect(smoothed[2]).toBeCloseTo(1, 12);
  });

  it("changes nothing with weight 0", () => {
    expect(Array.from(smooth([3, 1, 2], 0))).toEqual([3, 1, 2]);
  });
});

describe("align", () => {
  it("keeps the positions of few points and leaves holes where a line has none", () => {
    const { xs, ys } = align([line("a", [0, 2], [1, 2]), line("b", [1, 2], [5, 6])], [0, 2], 100);
    expect(xs).toEqual([0, 1, 2]);
    expect(ys).toEqual([
      [1, undefined, 2],
      [undefined, 5, 6],
    ]);
  });

  it("breaks a line on both sides of a value that is no number", () => {
    const { ys } = align(
      [line("a", [0, 2, 4], [1, Number.NaN, 2]), line("b", [0, 1, 2, 3, 4], [0, 0, 0, 0, 0])],
      [0, 4],
      100,
    );
    expect(ys[0]).toEqual([1, null, null, null, 2]);
  });

  it("keeps the spike of one point among ten thousand", () => {
    const xs = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const values = Float64Array.from(xs, (x) => Math.sin(x / 500));
    values[6_543] = 40;
    values[6_544] = -40;
    const { ys, xs: drawn } = align([line("a", xs, values)], [0, 9_999], 500);
    const numbers = ys[0]!.filter((y) => typeof y === "number");
    expect(Math.max(...numbers)).toBe(40);
    expect(Math.min(...numbers)).toBe(-40);
    expect(drawn.length).toBeLessThan(1_100);
    expect(Math.abs(drawn[ys[0]!.indexOf(40)]! - 6_543)).toBeLessThan(20);
  });

  it("takes only what is in sight, and one point more on either side", () => {
    const xs = Float64Array.from({ length: 100 }, (_, i) => i);
    expect(align([line("a", xs, xs)], [40, 42], 100).xs).toEqual([39, 40, 41, 42, 43]);
  });
});

describe("ranges of a figure", () => {
  it("pass over NaN and infinities", () => {
    const [low, high] = yExtent(
      figure([line("a", [0, 1, 2], [Number.NaN, 3, Number.POSITIVE_INFINITY])]),
      [0, 2],
    );
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
    expect(high).toBeLessThan(4);
  });

  it("hold the threshold even when no curve is near it", () => {
    const [low] = yExtent(
      figure([line("a", [0, 1], [5, 6])], { rules: [{ y: 1, label: "threshold" }] }),
      [0, 1],
    );
    expect(low).toBeLessThan(1);
  });

  it("leave out what a log scale cannot draw", () => {
    expect(yExtent(figure([line("a", [0, 1], [0, 10])], { logScale: true }), [0, 1])).toEqual([5, 20]);
  });

  it("exist without any point", () => {
    expect(xExtent(figure([]))).toEqual([0, 1]);
    expect(yExtent(figure([]), [0, 1])).toEqual([0, 1]);
  });
});

describe("labelRows", () => {
  it("moves a label that would cover another to the next row", () => {
    expect(labelRows([10, 14, 60], [20, 20, 20])).toEqual([0, 1, 0]);
  });

  it("tells labels apart that the end of the plot pushes together", () => {
    const centers = [60, 100].map((x) => labelCenter(x, 50, [0, 100]));
    expect(centers).toEqual([60, 75]);
    expect(labelRows(centers, [50, 50])).toEqual([0, 1]);
  });
});

describe("readingsAt", () => {
  it("gives the measured value beside the smoothed one", () => {
    const smoothed = line("a", [1, 2], [0.5, 0.6], { measured: [0.4, 0.9] });
    expect(readingsAt(figure([smoothed]), 2.2, 1)).toMatchObject([{ x: 2, value: 0.9, smoothed: 0.6 }]);
  });

  it("says nothing of a run that ended long before", () => {
    expect(readingsAt(figure([line("short", [0, 1], [1, 1])]), 50, 2)).toEqual([]);
  });
});

describe("zoomAround and pan", () => {
  it("keep the point under the cursor", () => {
    expect(zoomAround([0, 100], 25, 0.5, [0, 100])).toEqual([12.5, 62.5]);
  });

  it("follow the data again when everything is in sight", () => {
    expect(zoomAround([20, 60], 40, 10, [0, 100])).toBeNull();
  });

  it("do not leave the data", () => {
    expect(pan([0, 20], -50, [0, 100])).toEqual([0, 20]);
    expect(pan([70, 90], 50, [0, 100])).toEqual([80, 100]);
  });
});

describe("figureTable", () => {
  it("is the twin of the curves, hole for hole", () => {
    const { rows, columns } = figureTable(
      figure([line("a", [0, 2], [1, 2]), line("b", [2], [7], { measured: [8] })]),
      String,
      String,
    );
    expect(rows).toBe(2);
    expect(columns.map(({ value }) => [value(0), value(1)])).toEqual([
      [0, 2],
      [1, 2],
      [null, 8],
    ]);
  });
});

describe("CSV", () => {
  it("quotes what would break a row", () => {
    expect(toCsv([["a,b", 'say "x"', "plain"]])).toBe('"a,b","say ""x""",plain\n');
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+cmd", "'+cmd"],
    ["-cmd", "'-cmd"],
    ["-1+1", "'-1+1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    ['=HYPERLINK("http://a","b")', `"'=HYPERLINK(""http://a"",""b"")"`],
  ])("gives no formula to a spreadsheet: %j", (cell, written) => {
    expect(toCsv([[cell]])).toBe(`${written}\n`);
  });

  it.each(["-1", "-0.5", "+3", "-1.5e-7", "-.5", "-Infinity", "a=b", "1-2", ""])(
    "leaves numbers and other text alone: %j",
    (cell) => expect(toCsv([[cell]])).toBe(`${cell}\n`),
  );

  it("holds all digits of the measured values and NaN as such", () => {
    const csv = figureCsv(
      figure([
        line("train", [0.5, 1], [0.123456789012, Number.NaN]),
        line("validation", [1], [9], { measured: [2] }),
        line("ghost", [0], [1], { ghost: true }),
      ]),
    );
    expect(csv).toBe("Epochs,train,validation\n0.5,0.123456789012,\n1,NaN,2\n");
  });
});

const palette = {
  background: "white",
  foreground: "black",
  muted: "gray",
  grid: "silver",
  rule: "red",
  series: ["blue", "orange", "green", "red", "purple", "gold"],
  fontFamily: "sans-serif",
};
const draw = (drawn: Figure) => renderSvg(drawn, WHOLE, { width: 600, height: 300 }, palette);

describe("renderSvg", () => {
  it("escapes names that are markup", () => {
    const svg = draw(
      figure([line('</text><script>alert("x")</script>', [0, 1], [0, 1])], { title: "a & b" }),
    );
    expect(svg).not.toContain("<script");
    expect(svg).toContain("a &#38; b");
  });

  it("breaks the line at NaN and marks the place with a cross", () => {
    const svg = draw(figure([line("a", [0, 1, 2, 3], [1, 1, Number.NaN, 1])]));
    const [path] = svg.match(/<path d="(M[^"]*)" fill="none"/)!.slice(1);
    expect(path!.match(/M/g)).toHaveLength(2);
    expect(svg.match(/fill="red"/g)).toHaveLength(1);
    expect(svg).not.toContain("NaN");
  });

  it("writes the threshold and the best epochs with their words", () => {
    const svg = draw(
      figure([line("a", [0, 1], [1, 0.4])], {
        rules: [{ y: 0.396, label: "improves below 0.396" }],
        marks: [{ label: "best loss", x: 1, y: 0.4, color: 1, shape: "star", labelAt: "top" }],
      }),
    );
    expect(svg).toContain(">improves below 0.396<");
    expect(svg).toContain(">best loss<");
  });

  it("keeps the words of the last epoch within the picture", () => {
    const label = "Split 0 · best loss, BA";
    const marks = [{ label, x: 1, y: 0.4, color: 1, shape: "star", labelAt: "top" } as const];
    const svg = draw(figure([line("a", [0, 1], [1, 0.4])], { marks }));
    const [, width] = /<svg[^>]* width="(\d+)"/.exec(svg)!;
    const [, center] = /<text x="([\d.]+)"[^>]*>Split 0/.exec(svg)!;
    expect(Number(center) + label.length * 3).toBeLessThan(Number(width));
  });
});

describe("the words of marks and rules", () => {
  const edges = { top: 100, bottom: 300, pixel: 1 };
  const mark = (labelAt: Mark["labelAt"]): Mark => ({
    label: "best loss",
    x: 1,
    y: 1,
    color: 1,
    shape: "star",
    labelAt,
  });

  it("stand below a rule, and above one at the lower edge, which would cut them", () => {
    expect(ruleBaseline(200, edges)).toBe(214);
    expect(ruleBaseline(290, edges)).toBe(285);
    expect(ruleBaseline(100 + 190 * 2, { top: 100, bottom: 500, pixel: 2 })).toBe(470);
  });

  it("stand at the edge that is free, and at the other where the mark is in their place", () => {
    expect(flagOf(mark("bottom"), 200, 0, edges)).toEqual({ end: 284, baseline: 293 });
    expect(flagOf(mark("bottom"), 290, 0, edges)).toEqual({ end: 116, baseline: 111 });
    expect(flagOf(mark("top"), 105, 0, edges)).toEqual({ end: 284, baseline: 293 });
    // In a chart too low for either.
    expect(flagOf(mark("top"), 105, 0, { ...edges, bottom: 110 }).end).toBe(116);
  });
});

describe("yExtent after the first epoch", () => {
  it("leaves the words of the best epoch a place that no point has", () => {
    const first = figure([line("train", [1], [0.6]), line("validation", [1], [0.5])]);
    const [low, high] = yExtent(first, [0, 1]);
    const height = 195;
    const place = (y: number) => ((high - y) / (high - low)) * height;
    const best: Mark = { label: "best", x: 1, y: 0.5, color: 1, shape: "star", labelAt: "bottom" };
    const { end } = flagOf(best, place(0.5), 0, { top: 0, bottom: height, pixel: 1 });
    expect(end).toBeGreaterThan(place(0.5));
  });
});

describe("drawnRange", () => {
  const points = line("a", [1, 2, 3], [1, 1, 1]);

  it("leaves room for the first and the last marker, and begins where the training did when that is known", () => {
    const [from, to] = drawnRange(figure([points]), WHOLE);
    expect(from).toBeLessThan(1);
    expect(to).toBeGreaterThan(3);
    expect(drawnRange(figure([points], { extent: [0, 3] }), WHOLE)[0]).toBe(0);
    expect(drawnRange(figure([points]), { x: [1, 2], y: null })).toEqual([1, 2]);
  });
});

describe("a first batch", () => {
  it("is a point, since a line needs two, and has no markers from the second on", () => {
    const batches = (xs: number[]) => line("batches", xs, xs, { ghost: true });
    expect(markedPoints(batches([0.2]), [0, 1], 0)).toEqual([0]);
    expect(markedPoints(batches([0.2, 0.4]), [0, 1], 0)).toEqual([]);
    expect(draw(figure([batches([0.2])]))).toContain('fill="blue"');
  });
});

describe("curves that are equal", () => {
  const xs = [1, 2, 3];
  const equal = [line("a", xs, [0.5, Number.NaN, 0.7]), line("b", xs, [0.5, Number.NaN, 0.7])];

  it("are all seen: the lower one is wider", () => {
    expect(coverings([...equal, line("c", xs, [0.5, Number.NaN, 0.8])])).toEqual([1, 0, 0]);
    const svg = draw(figure(equal));
    expect(
      [...svg.matchAll(/fill="none" stroke="[^"]+" stroke-width="([\d.]+)"/g)].map(([, w]) => w),
    ).toEqual(["4.25", "1.75"]);
  });

  it("are not those that have other points, and a ghost covers nothing", () => {
    expect(coverings([line("a", [1], [2]), line("b", [1, 2], [2, 2])])).toEqual([0, 0]);
    expect(coverings([line("a", xs, xs), line("b", xs, xs, { ghost: true })])).toEqual([0, 0]);
  });
});

describe("a line that is faint among many", () => {
  const many = figure([line("a", [1, 2], [0.5, 0.25], { ghost: true, faint: true })]);

  it("has its column in the table and in the CSV, and steps for the keyboard", () => {
    expect(figureCsv(many)).toBe("Epochs,a\n1,0.5\n2,0.25\n");
    const { rows, columns } = figureTable(many, String, String);
    expect([rows, columns.map(({ label }) => label)]).toEqual([2, ["Epochs", "a"]]);
  });

  it("is in no readout", () => {
    expect(readingsAt(many, 1, 1)).toEqual([]);
  });
});

describe("ticks", () => {
  it("are round numbers", () => {
    expect(linearTicks(0.03, 0.97, 5)).toEqual([0.2, 0.4, 0.6, 0.8]);
    expect(logTicks(0.01, 2)).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
    expect([0.0001, 25, 1.5e7].map(formatTick)).toEqual(["1e-4", "25", "1.5e7"]);
  });
});

describe("Column", () => {
  it("grows, is cut, and finds positions", () => {
    const column = new Column();
    for (let i = 0; i < 1000; i++) column.push(2 * i);
    column.truncate(500);
    column.push(5000);
    expect(column.length).toBe(501);
    expect(column.at(500)).toBe(5000);
    expect(column.at(501)).toBeNaN();
    expect(lowerBound(column.view(), 7)).toBe(4);
    expect(nearestIndex(column.view(), 6.9)).toBe(3);
    expect(nearestIndex([], 1)).toBe(-1);
  });
});
