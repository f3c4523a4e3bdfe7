/**
 * Training progress for people: what a run's events say, as one moving line and one lasting line an epoch.
 * Pure: events in, text out.
 */
import type { Metrics, RunEvent, RunEventBody } from "../run/events";

type StartEvent = Extract<RunEventBody, { kind: "start" }>;
type EpochEvent = Extract<RunEventBody, { kind: "epoch" }>;

/** What the moving line needs to remember. Times are milliseconds. */
export interface Progress {
  readonly start: StartEvent | null;
  readonly epoch: number;
  /** Micro-batches done in this epoch. */
  readonly batch: number;
  readonly loss: number;
  readonly samplesPerSecond: number;
  readonly evaluating: { readonly set: string; readonly share: number } | null;
  /** Durations of the epochs that ended, evaluation included. */
  readonly epochSeconds: readonly number[];
  readonly epochBegan: number;
}

export const NO_PROGRESS: Progress = {
  start: null,
  epoch: 0,
  batch: 0,
  loss: Number.NaN,
  samplesPerSecond: Number.NaN,
  evaluating: null,
  epochSeconds: [],
  epochBegan: 0,
};

export function advance(progress: Progress, event: RunEvent): Progress {
  switch (event.kind) {
    case "start":
      return {
        ...NO_PROGRESS,
        start: event,
        epoch: event.resumedAt?.epoch ?? 0,
        batch: event.resumedAt?.batch ?? 0,
        epochBegan: event.time,
      };
    case "batch":
      return {
        ...progress,
        epoch: event.epoch,
        batch: event.batch + 1,
        loss: event.loss,
        samplesPerSecond: event.samples / event.seconds,
        evaluating: null,
      };
    case "evaluating":
      return {
        ...progress,
        evaluating: { set: event.set, share: event.of === 0 ? 1 : event.done / event.of },
      };
    case "evaluation":
      return { ...progress, evaluating: null };
    case "epoch":
      return {
        ...progress,
        epoch: event.epoch + 1,
        batch: 0,
        evaluating: null,
        epochSeconds: [...progress.epochSeconds, (event.time - progress.epochBegan) / 1000],
        epochBegan: event.time,
      };
    case "end":
      return { ...progress, evaluating: null };
  }
}

/** Seconds until the last epoch ends, by the mean duration of the epochs so far; null before the first has ended. */
export function secondsLeft(progress: Progress, now: number): number | null {
  if (progress.start === null || progress.epochSeconds.length === 0) return null;
  const perEpoch =
    progress.epochSeconds.reduce((sum, seconds) => sum + seconds, 0) / progress.epochSeconds.length;
  const spent = (now - progress.epochBegan) / 1000;
  return Math.max(0, (progress.start.epochs - progress.epoch) * perEpoch - spent);
}

/** The moving line: `epoch 3/20 ━━━━━╺───  batch 5/8  loss 0.4123  12.3 samples/s  1:02 left`, cut to `columns`. */
export function progressLine(progress: Progress, now: number, columns: number): string {
  const { start } = progress;
  if (start === null) return "";
  const share = (progress.epoch + progress.batch / start.batchesPerEpoch) / start.epochs;
  const left = secondsLeft(progress, now);
  const doing =
    progress.evaluating === null
      ? `batch ${progress.batch}/${start.batchesPerEpoch}`
      : `evaluating ${progress.evaluating.set} ${Math.round(100 * progress.evaluating.share)} %`;
  const words = [
    `epoch ${Math.min(progress.epoch + 1, start.epochs)}/${start.epochs}`,
    bar(share, 24),
    doing,
    Number.isNaN(progress.loss) ? "" : `loss ${progress.loss.toFixed(4)}`,
    Number.isNaN(progress.samplesPerSecond) ? "" : `${threeDigits(progress.samplesPerSecond)} samples/s`,
    left === null ? "" : `${clock(left)} left`,
  ];
  return words
    .filter((word) => word !== "")
    .join("  ")
    .slice(0, columns - 1);
}

/**
 * The moving line of networks that train side by side: `network 0: epoch 3/20 batch 5/8 | network 1: epoch 2/20 batch 8/8`, cut
 * to `columns`.
 */
export function sideBySideLine(networks: readonly Progress[], columns: number): string {
  return networks
    .flatMap(({ start, epoch, batch, evaluating }) => {
      if (start === null) return [];
      const doing =
        evaluating === null ? `batch ${batch}/${start.batchesPerEpoch}` : `evaluating ${evaluating.set}`;
      return [
        `${networkName(start.network)}epoch ${Math.min(epoch + 1, start.epochs)}/${start.epochs} ${doing}`,
      ];
    })
    .join(" | ")
    .slice(0, columns - 1);
}

/** What a line about one of several networks begins with; nothing where there is one. */
export function networkName(network: number | null): string {
  return network === null ? "" : `network ${network}: `;
}

/** Said once when a network starts to train. */
export function startLine(start: StartEvent): string {
  const network = start.network === null ? "" : `, network ${start.network}`;
  const from = start.resumedAt === null ? "" : `, resumed at epoch ${start.resumedAt.epoch + 1}`;
  return (
    `split ${start.split}${network}: ${start.architecture}, ${start.trainSamples} training and ` +
    `${start.validationSamples} validation samples, on ${start.engine} (${start.device}, ${start.threads} thread${start.threads === 1 ? "" : "s"})${from}`
  );
}

/** The lasting line of an epoch, with the metrics that choose the best models; `*` marks those that it improved. */
export function epochLine(event: EpochEvent, epochs: number, network: number | null): string {
  const usual = ["loss", "BA", "MAE", "R2_score", "PSNR", "SSIM"];
  const shown = [...new Set([...usual, ...Object.keys(event.best)])].filter(
    (name) => name in event.validation,
  );
  const columns = shown.map((name) => {
    const mark = event.improved.includes(name) ? "*" : " ";
    return `${name} ${number(event.train, name)} / ${number(event.validation, name)}${mark}`;
  });
  const { stopping } = event;
  const waited =
    stopping.patience > 0 && stopping.badEpochs > 0
      ? `  no better for ${stopping.badEpochs}/${stopping.patience}`
      : "";
  const position = `${event.epoch + 1}`.padStart(`${epochs}`.length);
  return `  ${networkName(network)}epoch ${position}/${epochs}  ${columns.join("  ")}  ${event.seconds.toFixed(1)} s${waited}`;
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
