import { describe, expect, it } from "vitest";
import { packEvents, unpackEvents } from "../../../src/run/eventBlock";
import { startEvent } from "../../support/events";
import { imagineRun } from "../../support/webview/trainingRun";

const run = imagineRun({ epochsDone: 3, batchesPerEpoch: 4, epochs: 5 });

describe("packEvents", () => {
  it("brings every event through a message unchanged, NaN and infinities included", () => {
    const events = imagineRun({ epochsDone: 2, batchesPerEpoch: 3, nanEpoch: 1, end: true });
    const { batches, ...rest } = packEvents(events);
    const sent = { ...JSON.parse(JSON.stringify(rest)), batches };
    expect(unpackEvents(sent)).toEqual(events);
  });

  it("says from which event on it holds all: its first one, or what the panel waits for", () => {
    expect(packEvents(run.slice(4, 9)).from).toBe(4);
    expect(packEvents(run.slice(4, 9), 2).from).toBe(2);
  });

  it("takes a class that is called as a number is written for the name that it is", () => {
    const start = { seq: 0, time: 0, ...startEvent({ classes: ["NaN", "CN"] }) };
    expect(unpackEvents(packEvents([start]))).toEqual([start]);
  });
});
