import { describe, expect, it } from "vitest";
import { compareCells } from "../../../webview/shared/cells";
import { formatDuration, formatMetric } from "../../../webview/shared/numbers";
import { recalls, spread } from "../../../webview/shared/statistics";
import { fill } from "../../../webview/shared/text";
import { secondsLeft, throughput } from "../../../webview/training/model/pace";
import { bestOfRows, isBetter } from "../../../webview/training/model/selection";
import { Track } from "../../../webview/training/model/track";
import { imagineRun } from "../../support/webview/trainingRun";

const trackOf = (options: Parameters<typeof imagineRun>[0]) => {
  const track = new Track();
  track.apply(imagineRun(options));
  return track;
};

describe("throughput", () => {
  it("is images per second of the last batches", () => {
    const track = trackOf({ epochsDone: 0, batchesDone: 20 });
    const seconds = Array.from(track.batches.seconds.view()).reduce((sum, value) => sum + value, 0);
    expect(throughput(track)).toBeCloseTo((20 * 8) / seconds, 9);
  });

  it("is unknown before the first batch", () => {
    expect(throughput(trackOf({ epochsDone: 0 }))).toBeNull();
  });
});

describe("secondsLeft", () => {
  it("counts epochs with their evaluations", () => {
    // Each imagined epoch of 10 batches lasts 10 x 0.43 + 2 seconds.
    const track = trackOf({ epochs: 10, epochsDone: 4, batchesPerEpoch: 10, batchesDone: 5 });
    expect(secondsLeft(track)).toBeCloseTo(5.5 * 6.3, 9);
  });

  it("is known from batches alone before the first epoch is over", () => {
    const track = trackOf({ epochs: 2, epochsDone: 0, batchesPerEpoch: 10, batchesDone: 5 });
    const mean = Array.from(track.batches.seconds.view()).reduce((sum, value) => sum + value, 0) / 5;
    expect(secondsLeft(track)).toBeCloseTo(1.5 * 10 * mean, 9);
  });

  it("is nothing when the training has ended", () => {
    expect(secondsLeft(trackOf({ epochsDone: 3, end: true }))).toBeNull();
  });
});

describe("best epochs", () => {
  it.each([
    ["loss", 0.4, 0.5, true],
    ["loss", 0.5, 0.5, false],
    ["BA", 0.6, 0.5, true],
    ["MAE", 0.6, 0.5, false],
    ["loss", Number.NaN, 0.5, false],
    ["loss", 0.5, Number.NaN, true],
  ])("%s %d is better than %d: %s", (metric, candidate, than, better) => {
    expect(isBetter(metric, candidate, than)).toBe(better);
  });

  it("are the first with the best value, never one that is not a number", () => {
    const rows = [Number.NaN, 0.5, 0.4, 0.4].map((loss, epoch) => ({ epoch, validation: { loss } }));
    expect(bestOfRows(rows, ["loss", "BA"])).toEqual({
      loss: { epoch: 2, value: 0.4, validation: { loss: 0.4 } },
    });
  });
});

describe("statistics", () => {
  it("mean and sample deviation leave out what is not a number", () => {
    const { mean, deviation, count } = spread([1, 2, 3, Number.NaN, undefined, null]);
    expect([mean, deviation, count]).toEqual([2, 1, 3]);
    expect(spread([5]).deviation).toBeNaN();
  });

  it("recalls are shares of the true class", () => {
    expect(
      recalls([
        [3, 1],
        [2, 6],
      ]),
    ).toEqual([0.75, 0.75]);
    expect(
      recalls([
        [0, 0],
        [1, 1],
      ])[0],
    ).toBeNaN();
  });
});

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
    expect(fill("Epoch {0} of {1}", [3])).toBe("Epoch 3 of {1}");
  });

  it("sorts what has no value last whichever way", () => {
    const sorted = (sign: 1 | -1) => [2, null, 1, Number.NaN].sort((a, b) => compareCells(a, b, sign));
    expect(sorted(1)).toEqual([1, 2, null, Number.NaN]);
    expect(sorted(-1)).toEqual([2, 1, null, Number.NaN]);
  });
});
