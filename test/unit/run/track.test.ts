import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../../src/run/events";
import { Track } from "../../../src/run/track";
import { batchEvent, endEvent, epochEvent, startEvent } from "../../support/events";
import { imagineRun } from "../../support/webview/trainingRun";

const evaluationEvent = {
  kind: "evaluation",
  train: { loss: 0.7 },
  validation: { loss: 0.8 },
} as const;
const run = imagineRun({ epochsDone: 3, batchesPerEpoch: 4, epochs: 5 });

/** The same events numbered anew. */
const numbered = (events: readonly RunEvent[]): RunEvent[] => events.map((event, seq) => ({ ...event, seq }));

describe("Track", () => {
  it("places batches and evaluations by epochs done", () => {
    const track = new Track();
    track.apply(run);
    expect(Array.from(track.batches.position.view())).toEqual([
      0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3,
    ]);
    expect(Array.from(track.evaluations.position.view())).toEqual([1, 2, 3]);
    expect(track.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  });

  it("gives the same curves whether events come at once, one by one, or twice", () => {
    const [atOnce, oneByOne, twice] = [new Track(), new Track(), new Track()];
    atOnce.apply(run);
    for (const event of run) oneByOne.apply([event]);
    twice.apply(run.slice(0, 9));
    twice.apply(run);
    for (const track of [oneByOne, twice]) {
      expect(track.batches.loss.view()).toEqual(atOnce.batches.loss.view());
      expect(track.metric("validation", "BA")).toEqual(atOnce.metric("validation", "BA"));
      expect(track.nextSeq).toBe(run.length);
    }
  });

  it("keeps a loss that is not a number as one", () => {
    const track = new Track();
    track.apply(imagineRun({ epochsDone: 3, nanEpoch: 1 }));
    expect(track.metric("train", "loss")[1]).toBeNaN();
    expect(track.metric("train", "loss")[2]).not.toBeNaN();
  });

  it("fills a metric that was not measured before with NaN, not with a value", () => {
    const [start, ...rest] = run;
    const epochs = rest.filter((event) => event.kind === "epoch");
    const second = { ...epochs[1]!, validation: { ...epochs[1]!.validation, MCC: 0.5 } };
    const track = new Track();
    track.apply(numbered([start!, epochs[0]!, second]));
    expect(Array.from(track.metric("validation", "MCC"))).toEqual([Number.NaN, 0.5]);
  });

  it("does not show twice what a resumption does again", () => {
    const [start] = run;
    if (start?.kind !== "start") throw new Error("a run begins with its start");
    // Killed in the second batch of epoch 2; the checkpoint was that of the end of epoch 1.
    const until = run.findIndex((event) => event.kind === "batch" && event.epoch === 2) + 2;
    const resumed: RunEvent = { ...start, time: start.time + 3_600_000, resumedAt: { epoch: 2, batch: 0 } };
    const again = run.slice(until - 2);
    const events = numbered([...run.slice(0, until), resumed, ...again]);
    const [whole, broken] = [new Track(), new Track()];
    whole.apply(run);
    broken.apply(events);
    expect(broken.batches.position.view()).toEqual(whole.batches.position.view());
    expect(broken.batches.loss.view()).toEqual(whole.batches.loss.view());
    expect(broken.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  });

  it("leaves the pause before a resumption out of the time spent", () => {
    const [start] = run;
    if (start?.kind !== "start") throw new Error("a run begins with its start");
    const last = run.at(-1)!;
    const resumed: RunEvent = { ...start, time: last.time + 3_600_000, resumedAt: { epoch: 3, batch: 0 } };
    const track = new Track();
    track.apply(numbered([...run, resumed]));
    expect(track.elapsed).toBeCloseTo((last.time - start.time) / 1000, 6);
  });

  it("replaces an evaluation on the last batch by the end of its epoch", () => {
    const [start, ...rest] = run;
    const epoch = rest.find((event) => event.kind === "epoch")!;
    const { batch, train, validation } = epoch;
    const inner: RunEvent = { ...epoch, kind: "evaluation", epoch: 0, batch, train, validation };
    const track = new Track();
    track.apply(numbered([start!, inner, epoch]));
    expect(track.evaluations.position.length).toBe(1);
  });

  it("reads ClinicaDL's table: best epochs and stopping state are worked out again", () => {
    const losses = [1, 0.95, 0.89, 0.85, 0.81];
    const rows = losses.flatMap((loss, epoch) =>
      [3, 7].map((batch) => ({
        epoch,
        batch,
        time: 10 * epoch + batch,
        train: { loss, BA: 0.5 },
        validation: { loss: batch === 7 ? loss : 9, BA: epoch === 1 ? 0.8 : 0.6 },
      })),
    );
    const track = new Track();
    track.applyTable(rows, { selectionMetrics: ["loss", "BA"], patience: 2, tolerance: 0.1 });
    expect(Array.from(track.evaluations.position.view())).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
    expect(track.best.loss).toMatchObject({ epoch: 4, value: 0.81 });
    expect(track.best.BA).toMatchObject({ epoch: 1, value: 0.8 });
    expect(track.stopping).toMatchObject({ best: 0.89, badEpochs: 2, threshold: 0.89 * 0.9 });
  });

  it("takes best epochs and stopping of what a resumption makes again back", () => {
    const track = new Track();
    const [start] = run;
    if (start?.kind !== "start") throw new Error("a run begins with its start");
    const resumed: RunEvent = { ...start, resumedAt: { epoch: 1, batch: 2 } };
    track.apply(numbered([...run, resumed]));
    const [first] = run.filter((event) => event.kind === "epoch");
    expect(track.epochs.map(({ epoch }) => epoch)).toEqual([0]);
    expect(track.best).toEqual(first!.best);
    expect(track.stopping).toEqual(first!.stopping);
    expect([track.completeEpochs, track.epochsDone]).toEqual([1, 1.5]);
    expect(track.progress).toEqual({ kind: "waiting", epoch: 1, batches: 2 });
  });

  it("makes an evaluation within an epoch again that a resumption begins with, and those after it", () => {
    const evaluation = (batch: number) => ({ ...evaluationEvent, epoch: 1, batch });
    const events = [
      startEvent(),
      batchEvent(0, 0),
      epochEvent(0),
      batchEvent(1, 0),
      evaluation(0),
      batchEvent(1, 1),
      evaluation(1),
      batchEvent(1, 2),
      evaluation(2),
      batchEvent(1, 3),
      endEvent({ reason: "failed" }),
      startEvent({ resumedAt: { epoch: 1, batch: 3 } }),
    ];
    const track = new Track();
    track.apply(events.map((body, seq) => ({ ...body, seq, time: 1000 * seq })));
    expect(track.batches.position.view()).toEqual(Float64Array.of(0.25, 1.25, 1.5, 1.75));
    expect(track.evaluations.position.view()).toEqual(Float64Array.of(1, 1.25, 1.5));
  });

  it("forgets over several resumptions", () => {
    const resumed = startEvent({ resumedAt: { epoch: 1, batch: 0 } });
    const events = [
      startEvent(),
      epochEvent(0),
      epochEvent(1),
      resumed,
      batchEvent(1, 0),
      endEvent({ reason: "failed" }),
      resumed,
      epochEvent(1),
    ];
    const track = new Track();
    track.apply(events.map((body, seq) => ({ ...body, seq, time: 1000 * seq })));
    expect(track.batches.position.length).toBe(0);
    expect(track.epochs.map(({ epoch }) => epoch)).toEqual([0, 1]);
  });
});
