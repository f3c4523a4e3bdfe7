import { describe, expect, it } from "vitest";
import type { RunEventBody } from "../../../src/run/events";
import { longWaitForImages, secondsLeft, throughput, waitedForImages } from "../../../src/run/pace";
import { Track } from "../../../src/run/track";
import { batchEvent, epochEvent, startEvent } from "../../support/events";
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

describe("the time in which the device waited for images", () => {
  const trained = (epochs: readonly (readonly [seconds: number, waited?: number])[]) => {
    const track = new Track();
    const events: RunEventBody[] = [
      startEvent(),
      ...epochs.map(([seconds, waited], epoch) =>
        epochEvent(epoch, { seconds, ...(waited !== undefined && { waited }) }),
      ),
    ];
    track.apply(events.map((event, seq) => ({ ...event, seq, time: seq })));
    return track;
  };

  it("is a share of the last epochs", () => {
    const epochs = [[100, 90], ...Array.from({ length: 5 }, () => [20, 1] as const)] as const;
    expect(waitedForImages(trained(epochs))).toEqual({ seconds: 5, share: 0.05 });
    expect(waitedForImages(trained(epochs), 6)).toEqual({ seconds: 95, share: 0.475 });
  });

  it("is unknown before the first epoch, and of what an older Gyrus trained", () => {
    expect(waitedForImages(trained([]))).toBeNull();
    expect(waitedForImages(trained([[100], [100]]))).toBeNull();
    expect(waitedForImages(trained([[100], [10, 2]]))).toEqual({ seconds: 2, share: 0.2 });
  });

  it("is told at the end where it was long, in minutes and as a share", () => {
    expect(longWaitForImages(trained([[300, 70]]))?.seconds).toBe(70);
    expect(longWaitForImages(trained([[10, 5]]))).toBeNull();
    expect(longWaitForImages(trained([[10_000, 70]]))).toBeNull();
    const first = Array.from({ length: 9 }, () => [50, 0] as const);
    expect(longWaitForImages(trained([[300, 80], ...first]))?.share).toBeCloseTo(80 / 750);
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

describe("secondsLeft after a resumption", () => {
  const epoch = (index: number, seconds: number) => epochEvent(index, { seconds });
  const resumed = startEvent({ resumedAt: { epoch: 2, batch: 3 } });
  const trackOfBodies = (bodies: readonly RunEventBody[]) => {
    const track = new Track();
    track.apply(bodies.map((body, seq) => ({ ...body, seq, time: 1000 * seq })));
    return track;
  };

  it("does not take the rest of the epoch that was resumed for a whole one", () => {
    const before = [startEvent(), epoch(0, 120), epoch(1, 120), batchEvent(2, 2), resumed];
    expect(secondsLeft(trackOfBodies([...before, epoch(2, 20)]))).toBe(7 * 120);
  });

  it("knows it from batches alone where no whole epoch was seen", () => {
    const track = trackOfBodies([resumed, batchEvent(2, 3, { seconds: 30 }), epoch(2, 40)]);
    expect(secondsLeft(track)).toBe(7 * 4 * 30);
  });
});
