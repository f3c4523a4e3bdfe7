import type { EpochRow, Track } from "../../../src/run/track";
import { leadingMetrics } from "../../../src/statistics/metrics/metrics";
import type { MetricNames } from "../../shared/metricNames";
import { text } from "../texts";
import type { ConfusionChoice } from "../view/confusionCard";

/** Which epoch the confusion matrix shows, and which it could. @param wanted a metric, "last" or "selected" */
export function confusionRow(
  { epochs, best, start }: Pick<Track, "epochs" | "best" | "start">,
  selected: EpochRow | undefined,
  wanted: string,
  names: MetricNames,
): {
  readonly rows: EpochRow | undefined;
  readonly choices: readonly ConfusionChoice[];
  readonly chosen: string;
} {
  const [leading = "loss"] = leadingMetrics(start?.task ?? null);
  const usual = leading in best ? leading : (Object.keys(best)[0] ?? "last");
  const choices = [
    ...Object.entries(best).map(([metric, { epoch }]) => ({
      id: metric,
      label: text("bestEpochOf", names.short(metric), epoch + 1),
    })),
    { id: "last", label: text("lastEpoch") },
    ...(selected === undefined ? [] : [{ id: "selected", label: text("selectedEpoch", selected.epoch + 1) }]),
  ];
  const chosen = choices.some(({ id }) => id === wanted) ? wanted : usual;
  const bestEpoch = best[chosen]?.epoch;
  const row =
    chosen === "selected"
      ? selected
      : bestEpoch === undefined
        ? epochs.at(-1)
        : epochs.find(({ epoch }) => epoch === bestEpoch);
  return { rows: row, choices, chosen };
}
