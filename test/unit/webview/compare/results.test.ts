import { describe, expect, it } from "vitest";
import { phraseText } from "../../../../src/experiment/problems/phrases";
import type { ComparedRun, ComparedTrack } from "../../../../webview/compare/messages";
import { compareFigure, MOST_DISTINCT, runStyle } from "../../../../webview/compare/model/figure";
import { parallelPlot } from "../../../../webview/compare/model/parallelPlot";
import {
  bestEvaluation,
  metricsOf,
  resultOf,
  resultsCsv,
  settingRows,
  settingsCsv,
  whyUndefinedOf,
} from "../../../../webview/compare/model/results";
import { imaginedRuns } from "../../../support/webview/comparedRuns";

const track = (
  loss: readonly number[],
  BA: readonly number[],
  epochs = loss.map((_, i) => i),
): ComparedTrack => ({
  split: 0,
  network: null,
  results: {},
  epochs: Float64Array.from(epochs),
  positions: Float64Array.from(epochs, (epoch) => epoch + 1),
  metrics: { "validation.loss": Float64Array.from(loss), "validation.BA": Float64Array.from(BA) },
});
const run = (name: string, tracks: readonly ComparedTrack[], settings = {}): ComparedRun => ({
  ...imaginedRuns(1)[0]!,
  maps: `/data/${name}`,
  name,
  status: "finished",
  tracks,
  settings,
});

describe("what the best model of a curve reached", () => {
  it("is undefined where the evaluation leaves a metric out, and NaN where the loss was no number", () => {
    const none = Number.NaN;
    expect(resultOf(run("a", [track([0.5, 0.4], [0.6, none])]), "loss", "BA")).toMatchObject({
      undefinedValues: 1,
      notNumbers: 0,
    });
    expect(resultOf(run("b", [track([0.5, none], [0.6, 0.9])]), "BA", "loss")).toMatchObject({
      undefinedValues: 0,
      notNumbers: 1,
    });
  });

  it("says why it is undefined, by what the same evaluation or table gives", () => {
    const curves = track([0.5, 0.4], [0.6, Number.NaN]);
    const sensitivity = Float64Array.of(0.6, Number.NaN);
    const fromCurves = {
      ...curves,
      metrics: { ...curves.metrics, "validation.sensitivity": sensitivity },
    };
    const results = {
      loss: { loss: 0.4, BA: "undefined", sensitivity: 0.5, specificity: "undefined" },
    } as const;
    const both = { ...run("a", [fromCurves, { ...curves, results }]), classes: ["AD", "CN"] };
    expect(whyUndefinedOf(both, "loss", "BA").map(phraseText)).toEqual(["no image of AD", "no image of CN"]);
    expect(whyUndefinedOf(both, "loss", "loss")).toEqual([]);
  });
});

describe("the best evaluation of a track", () => {
  it("is the first best end of an epoch, and never NaN", () => {
    expect(bestEvaluation(track([Number.NaN, 0.5, 0.4, 0.4], [0, 0, 0, 0]), "loss")).toBe(2);
    expect(bestEvaluation(track([1, 1, 1], [0.5, 0.7, 0.6]), "BA")).toBe(1);
    expect(bestEvaluation(track([Number.NaN], [Number.NaN]), "loss")).toBe(-1);
    expect(bestEvaluation(track([1], [1]), "accuracy")).toBe(-1);
  });

  it("is none within an epoch", () => {
    expect(bestEvaluation(track([0.1, 0.5, 0.4], [0, 0, 0], [0, 0, 1]), "loss")).toBe(2);
  });
});

describe("results", () => {
  const two = run("two", [track([0.5, 0.3], [0.6, 0.7]), track([0.2, 0.4], [0.9, 0.5])]);

  it("are mean and sample deviation over the splits, at the best epoch of the chosen metric", () => {
    expect(resultOf(two, "loss", "BA").mean).toBeCloseTo((0.7 + 0.9) / 2);
    expect(resultOf(two, "loss", "BA").deviation).toBeCloseTo(Math.sqrt(0.02));
    expect(resultOf(two, "loss", "loss").mean).toBeCloseTo(0.25);
    expect(resultOf(run("none", []), "loss", "BA").count).toBe(0);
  });

  it("are those of the written tables where there are any", () => {
    const written = { ...track([0.5, 0.3], [0.6, 0.7]), results: { loss: { BA: 0.9, F1_score: null } } };
    expect(resultOf(run("a", [written]), "loss", "BA").mean).toBe(0.9);
    expect(resultOf(run("a", [written]), "loss", "F1_score")).toMatchObject({ count: 0, notNumbers: 1 });
    expect(resultOf(run("a", [written]), "BA", "loss").mean).toBe(0.3);
    expect(metricsOf([run("a", [written])])).toEqual(["loss", "BA", "F1_score"]);
  });

  it("are written with all digits, empty where there is none", () => {
    const one = run('a "b", c', [track([0.25], [0.75])]);
    expect(resultsCsv([one], "loss")).toBe(
      'run,status,selection_metric,count,loss_mean,loss_std,BA_mean,BA_std\n"a ""b"", c",finished,loss,1,0.25,,0.75,\n',
    );
  });

  it("say what is no number, and leave it out of the mean", () => {
    const nan = track([Number.NaN, Number.NaN], [0.5, 0.5]);
    expect(resultOf(run("a", [nan]), "loss", "loss")).toMatchObject({ count: 0, notNumbers: 1 });
    const both = resultOf(run("a", [nan, track([0.25], [0.75])]), "loss", "loss");
    expect(both).toMatchObject({ mean: 0.25, count: 1, notNumbers: 1 });
    expect(resultsCsv([run("a", [nan])], "loss").split("\n")[1]).toBe("a,finished,loss,0,NaN,,NaN,");
    expect(resultOf(run("a", [track([], [])]), "loss", "loss")).toMatchObject({ count: 0, notNumbers: 0 });
  });

  it("name the metrics that were measured, the loss first, then what leads the task", () => {
    expect(metricsOf([two])).toEqual(["loss", "BA"]);
    const values = new Float64Array([1, 2]);
    const measured = { "validation.MAE": values, "validation.PSNR": values, "validation.loss": values };
    const image = { ...track([1, 2], []), metrics: measured };
    expect(metricsOf([{ ...run("a", [image]), task: "reconstruction" }])).toEqual(["loss", "PSNR", "MAE"]);
  });
});

describe("settings", () => {
  const runs = [run("a", [], { lr: "1", epochs: "5" }), run("b", [], { lr: "2", epochs: "5", extra: "x" })];

  it("are compared key by key; one that is missing differs", () => {
    expect(settingRows(runs)).toEqual([
      { key: "epochs", values: ["5", "5"], differs: false, unusual: [false, false] },
      { key: "extra", values: [null, "x"], differs: true, unusual: [false, true] },
      { key: "lr", values: ["1", "2"], differs: true, unusual: [false, true] },
    ]);
  });

  it("do not differ by a run that could not be read", () => {
    const [first] = runs;
    expect(settingRows([first!, run("gone", [])])).toEqual([
      { key: "epochs", values: ["5", null], differs: false, unusual: [false, false] },
      { key: "lr", values: ["1", null], differs: false, unusual: [false, false] },
    ]);
  });

  it("mark the cells that are another than in most runs", () => {
    const lr = ["1", "2", "2", "2"].map((value, i) => run(`r${i}`, [], { lr: value }));
    expect(settingRows(lr)[0]?.unusual).toEqual([true, false, false, false]);
  });

  it("are written as a table", () => {
    expect(settingsCsv(runs)).toBe("setting,a,b\nepochs,5,5\nextra,,x\nlr,1,2\n");
  });
});

describe("curves of many runs", () => {
  const view = { metric: "loss", sets: "validation", smoothing: 0, logScale: false } as const;
  const words = {
    metric: "Loss",
    epochs: "Epochs",
    train: "training",
    validation: "validation",
    track: ({ name }: ComparedRun) => name,
  };

  const figureOf = (
    runs: readonly ComparedRun[],
    look: Parameters<typeof compareFigure>[2],
    distinct: ReadonlySet<string>,
  ) => compareFigure(runs, runs, look, distinct, words);

  it("keep their look where only those of one task are drawn", () => {
    const runs = imaginedRuns(3, 1);
    const { series } = compareFigure(runs, runs.slice(2), view, new Set(), words);
    expect(series).toMatchObject([runStyle(2)]);
  });

  it("are all distinct while they are few", () => {
    const { series } = figureOf(imaginedRuns(MOST_DISTINCT, 1), view, new Set());
    expect(series.filter(({ ghost }) => ghost)).toEqual([]);
    expect(new Set(series.map(({ color, shape, dash }) => `${color} ${shape} ${dash}`)).size).toBe(
      MOST_DISTINCT,
    );
  });

  it("are faint when they are many, but for those that are pinned or pointed at", () => {
    const { series } = figureOf(imaginedRuns(25, 1), view, new Set(["/data/maps_3"]));
    expect(series).toHaveLength(25);
    expect(series.filter(({ ghost }) => !ghost).map(({ label }) => label)).toEqual(["maps_lr-3"]);
    expect(series.at(-1)?.ghost).toBe(false);
    expect(series.filter(({ faint }) => faint).map(({ label }) => label)).toContain("maps_lr-0");
  });

  it("differ by dash where both sets are drawn, whatever the run", () => {
    const { series } = figureOf(imaginedRuns(8, 1), { ...view, sets: "both" }, new Set());
    for (const { label, dash } of series) expect(dash).toBe(label.endsWith("training") ? "dashed" : "solid");
    expect(runStyle(7).dash).toBe("dashed");
  });
});

describe("settings against a metric", () => {
  const words = { title: "Settings", run: "Run", metric: "Loss" };
  const tried = [
    { lr: "1e-5", architecture: "Conv5_FC3" },
    { lr: "1e-3", architecture: "resnet18" },
    { lr: "1e-1", architecture: "Conv5_FC3" },
  ].map((settings, i) => run(`r${i}`, [track([0.5 - 0.1 * i], [0.5])], settings));

  it("have an axis for each setting that differs, numbers by their power of ten, and one for the metric", () => {
    const plot = parallelPlot(tried, "loss", "loss", words)!;
    expect(plot.axes?.map(({ name }) => name)).toEqual(["architecture", "lr", "Loss"]);
    expect(plot.lines.map(({ ys }) => Array.from(ys, (y) => Number(y.toFixed(6))))).toEqual([
      [0, 0, 1],
      [1, 0.5, 0.5],
      [0, 1, 0],
    ]);
    expect(plot.reading(1).words).toBe("r0: lr 1e-5");
  });

  it("are left to the table where there are two runs, or none differ", () => {
    expect(parallelPlot(tried.slice(1), "loss", "loss", words)).toBeNull();
    const alike = tried.map((one) => ({ ...one, settings: { lr: "1" } }));
    expect(parallelPlot(alike, "loss", "loss", words)).toBeNull();
  });
});
