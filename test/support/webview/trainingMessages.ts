/** The editor's side of the training panel, for tests. */

import { packEvents } from "../../../src/run/eventBlock";
import type { RunEvent } from "../../../src/run/events";
import type { RunInfo, ToTraining } from "../../../webview/training/messages";

export const imaginedRunInfo = (changed: Partial<RunInfo> = {}): RunInfo => ({
  name: "ad-cn-t1-linear",
  folder: "results/ad-cn-t1-linear",
  status: "running",
  task: "classification",
  architecture: "Conv5_FC3",
  label: "diagnosis",
  classes: ["AD", "CN"],
  selectionMetrics: ["loss", "BA"],
  patience: 10,
  tolerance: 0.01,
  epochs: 50,
  tracks: [{ id: "split-0", split: 0, network: null, source: "events" }],
  actions: ["stop", "stopAfterEpoch", "openLog", "openExperiment"],
  cluster: null,
  predictions: [],
  next: [],
  findings: null,
  problems: [],
  ...changed,
});

export const welcome = (run: RunInfo): ToTraining => ({
  kind: "welcome",
  run,
  state: { maps: "file:///data/results/ad-cn-t1-linear" },
  texts: {},
});

export const eventsOf = (track: string, events: readonly RunEvent[]): ToTraining => ({
  kind: "events",
  track,
  block: packEvents(events),
});
