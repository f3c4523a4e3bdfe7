/** Runs as the editor tells of them to the run table. */
import type { SettingColumn, ShownRun, ToRuns } from "../../../webview/runs/messages";

const RATES = ["0.001", "0.0001", "0.00001"];
const NETWORKS = ["Conv5_FC3", "resnet18", "SqueezeExcitationCNN"];

/** `count` runs, one a minute, the last of which trains. */
export function imaginedRunTable(
  count: number,
): readonly [Extract<ToRuns, { kind: "runs" }>, Extract<ToRuns, { kind: "settings" }>] {
  const runs = Array.from(
    { length: count },
    (_, i): ShownRun => ({
      maps: `/data/study/runs/maps_${i}`,
      name: `maps_${i}`,
      folder: "runs",
      status: i === count - 1 ? "running" : i % 7 === 3 ? "failed" : "finished",
      live: i === count - 1,
      epoch: (i % 20) + 1,
      epochs: 20,
      changed: Date.UTC(2026, 0, 1) + i * 60_000,
      task: "classification",
      best: {
        BA: i % 11 === 5 ? "undefined" : 0.5 + ((i * 37) % 50) / 100,
        loss: 0.7 - ((i * 13) % 40) / 100,
      },
      groups: ["train", "validation", "test"],
      note:
        i === 3
          ? { star: true, note: "the one of the paper", group: "rates" }
          : i === 4
            ? { archived: true }
            : {},
    }),
  );
  const columns: readonly SettingColumn[] = [
    { key: "architecture", texts: NETWORKS, of: runs.map((_, i) => i % 3) },
    { key: "batch_size", texts: ["8"], of: runs.map(() => 0) },
    { key: "dropout", texts: ["0.5", "0"], of: runs.map((_, i) => Math.floor(i / 2) % 2) },
    { key: "learning_rate", texts: RATES, of: runs.map((_, i) => Math.floor(i / 3) % 3) },
    { key: "network_task", texts: ["classification"], of: runs.map(() => 0) },
  ];
  return [
    { kind: "runs", runs, gone: [], searched: true },
    { kind: "settings", maps: runs.map(({ maps }) => maps), columns },
  ];
}
