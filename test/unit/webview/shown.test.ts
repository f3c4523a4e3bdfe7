import { describe, expect, it } from "vitest";
import { Track } from "../../../src/run/track";
import { WHOLE, withoutSingles } from "../../../webview/shared/chart/figure";
import { figureCsv } from "../../../webview/shared/chart/figureCsv";
import { renderSvg } from "../../../webview/shared/chart/renderSvg";
import type { NamedTrack } from "../../../webview/training/model/figures";
import { metricFigure, styleOfPlace } from "../../../webview/training/model/figures";
import { meanCurve, meanFigure } from "../../../webview/training/model/meanFigure";
import { chartedMetrics, currentTrack, shownTracks } from "../../../webview/training/model/shown";
import { usualSettings } from "../../../webview/training/settings";
import { imaginedRunInfo } from "../../support/webview/trainingMessages";
import { imagineRun } from "../../support/webview/trainingRun";

function named(place: number, options: Parameters<typeof imagineRun>[0] | null): NamedTrack {
  const track = new Track();
  if (options !== null) track.apply(imagineRun(options));
  return { id: `split-${place}`, label: `Split ${place}`, track, place };
}

const palette = {
  background: "white",
  foreground: "black",
  muted: "gray",
  grid: "silver",
  rule: "red",
  series: ["blue", "orange", "green", "red", "purple", "gold"],
  fontFamily: "sans-serif",
};
const settings = usualSettings("file:///maps");
const words = {
  metric: (name: string) => name,
  short: (name: string) => name,
  epochs: "Epochs",
  minutes: "Minutes",
  train: "Training",
  validation: "Validation",
  eachBatch: "each batch",
  best: (metrics: string) => `best ${metrics}`,
  threshold: (value: number) => `below ${value}`,
  meanLabel: (set: string) => `${set}, mean`,
  lowest: (set: string) => `${set}, lowest`,
  highest: (set: string) => `${set}, highest`,
  meanOf: (tracks: readonly NamedTrack[], fewerAfter: number | null) =>
    fewerAfter === null ? `mean of ${tracks.length}` : `mean of ${tracks.length}, fewer after ${fewerAfter}`,
};

describe("what is shown of a run", () => {
  const ended = named(0, { epochsDone: 3, end: true });
  const running = named(1, { epochsDone: 2 });
  const waiting = named(2, null);

  it("is the track that the user chose, else the one that trains, else the first with values", () => {
    expect(currentTrack([ended, running, waiting], { ...settings, current: "split-2" })).toBe(waiting);
    expect(currentTrack([ended, running, waiting], settings)).toBe(running);
    expect(currentTrack([waiting, ended], settings)).toBe(ended);
    expect(currentTrack([], settings)).toBeUndefined();
  });

  it("is all tracks while they are few, and any that the user wants", () => {
    const many = Array.from({ length: 40 }, (_, place) => named(place, null));
    expect(shownTracks([ended, running], running, settings)).toHaveLength(2);
    expect(shownTracks(many, many[7]!, settings)).toHaveLength(40);
    const lines = { ...settings, layout: "overlay" } as const;
    expect(shownTracks(many, many[7]!, lines)).toEqual([many[7]]);
    const chosen = { ...settings, shown: ["split-1", "split-3"] };
    expect(shownTracks(many, many[7]!, chosen).map(({ place }) => place)).toEqual([1, 3]);
  });

  it("is the metrics of the task and of the selection, as far as they were measured", () => {
    const run = imaginedRunInfo({ selectionMetrics: ["loss", "sensitivity"] });
    expect(chartedMetrics(run, ["loss", "BA", "sensitivity", "MCC"], settings)).toEqual([
      "loss",
      "BA",
      "sensitivity",
    ]);
    expect(chartedMetrics(run, ["loss"], settings)).toEqual(["loss"]);
    expect(chartedMetrics(run, ["loss", "MCC"], { ...settings, metrics: ["MCC"] })).toEqual(["MCC"]);
  });
});

describe("metricFigure", () => {
  const track = named(0, { epochsDone: 12, batchesPerEpoch: 4 });
  const plain = { axis: "epochs", smoothing: 0, logScale: false } as const;

  it("draws the batches faintly beneath, training and validation over them", () => {
    expect(metricFigure("loss", [track], plain, words).series.map(({ id, ghost }) => [id, ghost])).toEqual([
      ["split-0:batches:ghost", true],
      ["split-0:train", false],
      ["split-0:validation", false],
    ]);
  });

  it("keeps the measured values under smoothed ones", () => {
    const { series } = metricFigure("BA", [track], { ...plain, smoothing: 0.8 }, words);
    const raw = series.find(({ id }) => id === "split-0:validation:ghost")!;
    const smoothed = series.find(({ id }) => id === "split-0:validation")!;
    expect(smoothed.measured).toEqual(raw.ys);
    expect(smoothed.ys).not.toEqual(raw.ys);
  });

  it("marks the best epoch of each selection metric on the measured curve", () => {
    const { marks } = metricFigure("loss", [track], plain, words);
    const { best } = track.track;
    expect(marks.map(({ x }) => x).sort((a, b) => a - b)).toEqual(
      [...new Set(Object.values(best).map(({ epoch }) => epoch + 1))].sort((a, b) => a - b),
    );
    const loss = marks.find(({ label }) => label.includes("loss"))!;
    expect(loss.y).toBe(best.loss!.value);
  });

  it("shows the threshold of early stopping in the chart of the loss alone", () => {
    expect(metricFigure("loss", [track], plain, words).rules[0]?.y).toBe(track.track.stopping!.threshold);
    expect(metricFigure("BA", [track], plain, words).rules).toEqual([]);
  });

  it("has a logarithmic scale for what goes down to 0, not for shares", () => {
    const scale = (metric: string) =>
      metricFigure(metric, [track], { ...plain, logScale: true }, words).logScale;
    expect([scale("loss"), scale("BA")]).toEqual([true, false]);
  });

  it("counts minutes of training when asked", () => {
    const { series, xLabel } = metricFigure("BA", [track], { ...plain, axis: "time" }, words);
    expect(xLabel).toBe("Minutes");
    expect(series[0]!.xs[11]).toBeCloseTo(track.track.elapsed / 60, 9);
  });

  it("gives 30 runs looks that differ by more than their colour", () => {
    const looks = Array.from({ length: 30 }, (_, place) => JSON.stringify(styleOfPlace(place)));
    expect(new Set(looks).size).toBe(30);
  });
});

describe("meanFigure", () => {
  const of = (place: number, epochsDone: number) =>
    named(place, { seed: place + 1, epochsDone, batchesPerEpoch: 4 });
  const tracks = [of(0, 3), of(1, 3), of(2, 2)];
  const plain = { axis: "epochs", smoothing: 0, logScale: false } as const;
  const losses = (epoch: number) => tracks.flatMap(({ track }) => track.epochs[epoch]?.validation.loss ?? []);

  it("draws the mean of each epoch and the band that all of them lie in", () => {
    const { series, marks, note } = meanFigure("loss", tracks, plain, words, null);
    const { xs, ys, band } = series.find(({ id }) => id === "mean:validation")!;
    expect([...Array.from(xs)]).toEqual([1, 2, 3]);
    for (const epoch of [0, 1, 2]) {
      const values = losses(epoch);
      expect(ys[epoch]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 12);
      expect([band!.low[epoch], band!.high[epoch]]).toEqual([Math.min(...values), Math.max(...values)]);
    }
    expect([marks, note]).toEqual([[], "mean of 3, fewer after 2"]);
  });

  it("has each network as a line for who looks, and the one pointed at on its own", () => {
    const { series, marks } = meanFigure("loss", tracks, plain, words, "split-1");
    const singles = series.filter(({ onDemand }) => onDemand);
    expect(singles.map(({ label }) => label)).toContain("Split 2 · Validation");
    const plainly = withoutSingles({ ...meanFigure("loss", tracks, plain, words, "split-1") });
    expect(plainly.series.map(({ id }) => id)).toEqual([
      "mean:train",
      "mean:validation",
      "split-1:train",
      "split-1:validation",
    ]);
    expect(marks.length).toBeGreaterThan(0);
  });

  it("is a table and a file with its band and every network", () => {
    const [head, first] = figureCsv(meanFigure("loss", tracks, plain, words, null)).split("\n");
    expect(head).toContain('"Validation, mean","Validation, lowest","Validation, highest"');
    expect(head).toContain("Split 0 · Validation");
    expect(first).toContain(String(Math.min(...losses(0))));
  });

  it("leaves a metric that is undefined in one split out of its mean", () => {
    const [first] = imagineRun({ epochsDone: 1, batchesPerEpoch: 1 }).filter(({ kind }) => kind === "epoch");
    if (first?.kind !== "epoch") throw new Error("an epoch expected");
    const without = new Track();
    const lacking = { train: [], validation: ["sensitivity"] };
    without.apply([{ ...first, seq: 0, undefinedMetrics: lacking }]);
    const undefinedOne = { id: "split-3", label: "Split 3", track: without, place: 3 };
    const { mean, counts } = meanCurve("sensitivity", "validation", [tracks[0]!, undefinedOne], "epochs");
    expect(mean[0]).toBe(tracks[0]!.track.epochs[0]!.validation.sensitivity);
    expect(counts[0]).toBe(1);
  });

  it("has a band in the picture that is exported, and no single lines", () => {
    const svg = renderSvg(
      meanFigure("loss", tracks, plain, words, null),
      WHOLE,
      { width: 400, height: 300 },
      palette,
    );
    expect(svg.match(/<polygon /g)).toHaveLength(2);
    expect(svg).not.toContain("Split 1");
  });
});
