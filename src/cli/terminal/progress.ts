/**
 * Training progress for people: what is known of the networks that train (run/track.ts), as one moving line and one lasting line
 * an epoch. Pure: tracks and events in, text out.
 */
import type { BodyOf, Metrics } from "../../run/events";
import { secondsLeft, throughput } from "../../run/pace";
import type { MetricSet, Track } from "../../run/track";
import { measuredColumns, undefinedReasons } from "../../run/undefinedReasons";
import { leadingMetrics } from "../../statistics/metrics/metrics";
import type { Task } from "../../statistics/task";
import { type Say, sayInEnglish } from "./words";

/** The moving line: `epoch 3/20 ━━━━━╺───  batch 5/8  loss 0.4123  12.3 samples/s  1:02 left`, cut to `columns`. */
export function progressLine(track: Track, columns: number, say: Say = sayInEnglish): string {
  const { start, progress, epochsDone, batches } = track;
  if (start === null) return "";
  const left = secondsLeft(track);
  const rate = throughput(track);
  const doing =
    progress.kind === "evaluating"
      ? say("evaluating", {
          set: progress.set,
          percent: Math.round(100 * (progress.of === 0 ? 1 : progress.done / progress.of)),
        })
      : say("batch", { done: progress.batches, of: start.batchesPerEpoch });
  const loss = batches.loss.last;
  const words = [
    epochWords(track, say),
    bar(epochsDone / start.epochs, 24),
    doing,
    Number.isNaN(loss) ? "" : `loss ${loss.toFixed(4)}`,
    rate === null ? "" : say("rate", { rate: threeDigits(rate) }),
    left === null ? "" : say("left", { time: clock(left) }),
  ];
  return words
    .filter((word) => word !== "")
    .join("  ")
    .slice(0, columns - 1);
}

/**
 * The moving line of networks that train side by side: `network 0: epoch 3/20 batch 5/8 | network 1: epoch 2/20 batch 8/8`, cut
 * to `columns`. Of networks of several splits it names the splits.
 */
export function sideBySideLine(tracks: readonly Track[], columns: number, say: Say = sayInEnglish): string {
  const several = new Set(tracks.flatMap(({ start }) => start?.split ?? [])).size > 1;
  return tracks
    .flatMap((track) => {
      const { start, progress } = track;
      if (start === null) return [];
      const doing =
        progress.kind === "evaluating"
          ? say("evaluating", { set: progress.set, percent: null })
          : say("batch", { done: progress.batches, of: start.batchesPerEpoch });
      return [
        `${unitName({ split: several ? start.split : null, network: start.network }, say)}${epochWords(track, say)} ${doing}`,
      ];
    })
    .join(" | ")
    .slice(0, columns - 1);
}

const epochWords = ({ start, currentEpoch }: Track, say: Say) =>
  start === null ? "" : say("epoch", { epoch: currentEpoch, epochs: start.epochs });

/** What a line is about, where there are several; null where there is one. */
export interface Unit {
  readonly split: number | null;
  readonly network: number | null;
}

/** What a line about one of several splits or networks begins with; nothing where there is one. */
export function unitName({ split, network }: Unit, say: Say = sayInEnglish): string {
  const words = [
    ...(split === null ? [] : [say("split", { split })]),
    ...(network === null ? [] : [say("network", { network })]),
  ];
  return words.length === 0 ? "" : `${words.join(", ")}: `;
}

/** Said once when a network starts to train. */
export function startLine(start: BodyOf<"start">, say: Say = sayInEnglish): string {
  const { split, network, architecture, trainSamples, validationSamples, engine, device, threads } = start;
  return say("run-starts", {
    split,
    network: network === null ? null : say("network", { network }),
    architecture,
    train: trainSamples,
    validation: validationSamples,
    engine,
    device,
    threads,
    resumed: start.resumedAt === null ? null : say("resumed", { epoch: start.resumedAt.epoch + 1 }),
  });
}

interface EpochContext extends Unit {
  readonly task: Task | null;
  readonly epochs: number;
  /** By code; empty outside classification. */
  readonly classes: readonly string[];
}

/** The lasting line of an epoch, with the metrics that lead or choose the best models; `*` marks those that it improved. */
export function epochLine(
  event: BodyOf<"epoch">,
  { task, epochs, split, network, classes }: EpochContext,
  say: Say = sayInEnglish,
): string {
  const shown = [...new Set(["loss", ...leadingMetrics(task), ...Object.keys(event.best)])].filter(
    (name) => name in event.validation,
  );
  const columns = shown.map((name) => {
    const mark = event.improved.includes(name) ? "*" : " ";
    const value = (set: MetricSet) =>
      event.undefinedMetrics?.[set].includes(name) === true ? say("undefined") : number(event[set], name);
    return `${name} ${value("train")} / ${value("validation")}${mark}`;
  });
  const { stopping } = event;
  const waited =
    stopping.patience > 0 && stopping.badEpochs > 0
      ? `  ${say("no-better", { bad: stopping.badEpochs, patience: stopping.patience })}`
      : "";
  const position = `${event.epoch + 1}`.padStart(`${epochs}`.length);
  const words = say("epoch", { epoch: position, epochs });
  const reasons = (set: MetricSet) => {
    const measured = measuredColumns(event[set], event.undefinedMetrics?.[set] ?? []);
    const lacking = shown.filter((name) => measured.lacking.includes(name));
    return undefinedReasons(lacking, measured, classes);
  };
  const [ofTrain, ofValidation] = [reasons("train"), reasons("validation")];
  const why = [
    ...(ofTrain.length === 0 ? [] : [say("undefined-in-training", { reasons: ofTrain })]),
    ...(ofValidation.length === 0 ? [] : [say("undefined-in-validation", { reasons: ofValidation })]),
  ];
  const seconds = `${event.seconds.toFixed(1)} s${waited}`;
  return `  ${unitName({ split, network }, say)}${[words, ...columns, seconds, ...why].join("  ")}`;
}

function number(metrics: Metrics, name: string): string {
  const value = metrics[name];
  return value === undefined ? "-" : value.toFixed(4);
}

function bar(share: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}

/** 12.345 -> `12.3`, 4567 -> `4567`: `toPrecision` alone writes 4.57e+3. */
const threeDigits = (rate: number) => (rate < 100 ? rate.toPrecision(3) : rate.toFixed(0));

/** 62 -> `1:02`; 3725 -> `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? `${part}` : `${part}`.padStart(2, "0"))).join(":");
}
