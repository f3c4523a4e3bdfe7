import { describe, expect, it } from "vitest";
import { packEvents } from "../../../src/run/eventBlock";
import type { RunEvent } from "../../../src/run/events";
import type { ToTraining } from "../../../webview/training/messages";
import { TrainingStore } from "../../../webview/training/store";
import { imaginedRunInfo } from "../../support/webview/trainingMessages";
import { imagineRun } from "../../support/webview/trainingRun";

const run = imagineRun({ epochsDone: 2, batchesPerEpoch: 3 });
const block = (events: readonly RunEvent[], from?: number): Extract<ToTraining, { kind: "events" }> => ({
  kind: "events",
  track: "split-0",
  block: packEvents(events, from),
});

describe("TrainingStore", () => {
  it("asks again from where it stands when a message was lost, and takes nothing of what comes after", () => {
    const store = new TrainingStore();
    expect(store.receive(block(run.slice(0, 3)))).toBeNull();
    expect(store.receive(block(run.slice(5)))).toEqual({ missing: "split-0", next: 3 });
    expect(store.known).toEqual({ "split-0": 3 });
    expect(store.receive(block(run.slice(3)))).toBeNull();
    expect(store.known).toEqual({ "split-0": run.length });
  });

  it("goes on past numbers that no event has: damaged lines, and kinds of a newer version", () => {
    const store = new TrainingStore();
    expect(store.receive(block(run.filter(({ seq }) => seq !== 2 && seq < 5)))).toBeNull();
    // Number 5 cannot be read either: the editor says that it has sent all there is.
    expect(store.receive(block(run.slice(6), 5))).toBeNull();
    expect(store.known).toEqual({ "split-0": run.length });
    expect(store.track("split-0").epochs).toHaveLength(2);
  });

  it("knows of a table without epochs what its best models reached", () => {
    const store = new TrainingStore();
    const reached = { loss: 0.68 };
    store.receive({
      kind: "run",
      run: imaginedRunInfo({
        tracks: [{ id: "split-0", split: 0, network: null, source: "table", reached }],
      }),
    });
    store.receive({ kind: "table", track: "split-0", rows: "[]" });
    expect(store.track("split-0")).toMatchObject({ best: {}, epochs: [], reached });
    expect(store.track("split-1").reached).toBeNull();
  });

  it("forgets a log that began anew", () => {
    const store = new TrainingStore();
    store.receive(block(run));
    store.receive({ kind: "restart", track: "split-0" });
    expect(store.known).toEqual({});
  });
});
