import { describe, expect, it } from "vitest";
import { Track } from "../../../src/run/track";
import type { NamedTrack } from "../../../webview/training/model/figures";
import { metricFigure, styleOfPlace } from "../../../webview/training/model/figures";
import { chartedMetrics, currentTrack, shownTracks } from "../../../webview/training/model/shown";
import { usualSettings } from "../../../webview/training/settings";
import { imaginedRunInfo } from "../../support/webview/trainingMessages";
import { imagineRun } from "../../support/webview/trainingRun";

function named(place: number, options: Parameters<typeof imagineRun>[0] | null): NamedTrack {
  const track = new Track();
  if (options !== null) track.apply(imagineRun(options));
  return { id: `split-${place}`, label: `Split ${place}`, track, place };
}

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
    expect(shownTracks(many, many[7]!, settings)).toEqual([many[7]]);
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
