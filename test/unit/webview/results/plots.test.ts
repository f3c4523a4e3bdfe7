import { describe, expect, it } from "vitest";
import type { PersonAnswer } from "../../../../src/report/results/people";
import { precisionRecallPlot, rocPlot, scoredPeople } from "../../../../webview/results/model/curves";
import { valuePeople, valuePlots } from "../../../../webview/results/model/valuePlots";
import { sectionWords } from "../../../../webview/results/sectionWords";
import type { Palette } from "../../../../webview/shared/chart/palette";
import { nearestReading, type Plot, rangeOf, tableRows } from "../../../../webview/shared/plot/plot";
import { renderPlot } from "../../../../webview/shared/plot/renderPlot";

const palette: Palette = {
  background: "#fff",
  foreground: "#111",
  muted: "#666",
  grid: "#ddd",
  rule: "#c00",
  series: ["#00f", "#f80", "#080", "#c00", "#80f", "#aa0"],
  fontFamily: "sans-serif",
};
const person = (
  participantId: string,
  truth: number | null,
  answer: PersonAnswer["answer"],
): PersonAnswer => ({
  participantId,
  cohort: "single",
  truth,
  answer,
  sessions: [],
});
const scored = (truth: number, first: number) =>
  person(`sub-${first}`, truth, { kind: "class", predicted: 0, probabilities: [first, 1 - first] });
const { curves, values } = sectionWords("age");
const look = { label: "AD", color: 0, dash: "solid" } as const;

const column = (plot: Plot, name: string) => {
  const [head, ...rows] = tableRows(plot.table);
  return rows.map((cells) => Number(cells[head!.indexOf(name)]));
};

describe("the curves of a classification", () => {
  // Two of three AD above both CN, one between these.
  const people = [scored(0, 0.9), scored(0, 0.8), scored(1, 0.7), scored(0, 0.6), scored(1, 0.2)];
  const choice = {
    curves: [{ scored: scoredPeople(people, { positive: 0, threshold: null }), look }],
    threshold: 0.65,
    note: "AUC 0.833",
  };

  it("go through every threshold, with the interval of the sensitivity", () => {
    const plot = rocPlot(choice, curves)!;
    expect(column(plot, "Sensitivity")).toEqual([0, 1 / 3, 2 / 3, 2 / 3, 1, 1]);
    expect(column(plot, "False positive rate (1 − specificity)")).toEqual([0, 0, 0, 0.5, 0.5, 1]);
    // Wilson's interval of 2 of 3 (scipy.stats.binomtest(2, 3).proportion_ci(method="wilson")).
    expect(column(plot, "lower limit")[2]).toBeCloseTo(0.2076596, 6);
    expect(column(plot, "upper limit")[2]).toBeCloseTo(0.9385081, 6);
  });

  it("mark where the threshold stands", () => {
    expect(rocPlot(choice, curves)!.marks).toMatchObject([{ x: 0.5, y: 2 / 3 }]);
    expect(precisionRecallPlot(choice, curves)!.marks).toMatchObject([{ x: 2 / 3, y: 2 / 3 }]);
    expect(rocPlot({ ...choice, threshold: null }, curves)!.marks).toEqual([]);
  });

  it("have the precision of each threshold, the chance being the share of the class", () => {
    const plot = precisionRecallPlot(choice, curves)!;
    expect(column(plot, "Precision (PPV)")).toEqual([1, 1, 2 / 3, 3 / 4, 3 / 5]);
    expect(plot.lines[0]?.ys).toEqual([0.6, 0.6]);
  });

  it("are none of one class", () => {
    const healthy = scoredPeople([scored(1, 0.3)], { positive: 0, threshold: null });
    expect(rocPlot({ ...choice, curves: [{ scored: healthy, look }] }, curves)).toBeNull();
    expect(precisionRecallPlot({ ...choice, curves: [{ scored: healthy, look }] }, curves)).toBeNull();
  });

  it("leave out who has no label or no probability", () => {
    const others = [
      person("a", null, { kind: "class", predicted: 0, probabilities: [0.9, 0.1] }),
      person("b", 0, { kind: "class", predicted: 0, probabilities: null }),
    ];
    expect(scoredPeople(others, { positive: 0, threshold: null }).scores).toEqual([]);
  });
});

describe("the charts of values", () => {
  const people = [
    [60, 62],
    [70, 69],
    [80, 75],
  ].map(([truth, value], i) => person(`sub-${i}`, truth!, { kind: "value", value: value! }));
  const plots = valuePlots(
    valuePeople(people, ({ participantId }) => Number(participantId.slice(-1))),
    "",
    values,
  );

  it("have the limits of agreement at the bias and 1.96 standard deviations of the differences", () => {
    const bland = plots.find(({ id }) => id === "bland-altman")!;
    // Differences 2, -1, -5: mean -4/3, standard deviation 3.5118846.
    expect(bland.rules.map(({ y }) => y)).toEqual([
      expect.closeTo(-4 / 3, 9),
      expect.closeTo(-4 / 3 + 1.96 * 3.5118845842842465, 9),
      expect.closeTo(-4 / 3 - 1.96 * 3.5118845842842465, 9),
    ]);
    expect(column(bland, "Mean of predicted and true")).toEqual([61, 69.5, 77.5]);
  });

  it("know who each point is", () => {
    const [predicted] = plots;
    expect(predicted!.reading(2)).toMatchObject({ x: 80, y: 75, row: 2 });
    const at = nearestReading(predicted!, [79.5, 75], [1, 1], 5);
    expect(at).toBe(2);
    expect(nearestReading(predicted!, [0, 0], [1, 1], 5)).toBe(-1);
  });
});

describe("a plot as SVG", () => {
  it("escapes what a class may be named, and stands by itself as a file", () => {
    const name = '<script>"&';
    const curve = { scored: { positive: [true, false], scores: [0.9, 0.1] }, look: { ...look, label: name } };
    const plot = rocPlot({ curves: [curve], threshold: null, note: name }, curves)!;
    const svg = renderPlot(plot, { width: 400, height: 380 }, palette, { titled: true });
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&#60;script&#62;&#34;&#38;");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="400" height="380"/);
    expect(svg).not.toContain("NaN");
  });
});

describe("the range of values", () => {
  it("has some room, also for one value, and is that of shares for none", () => {
    expect(rangeOf([0, 10])).toEqual([-0.5, 10.5]);
    expect(rangeOf([4, Number.NaN])).toEqual([3.8, 4.2]);
    expect(rangeOf([])).toEqual([0, 1]);
  });
});
