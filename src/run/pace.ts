/** How fast a training goes and how long it may last, from what was measured so far. Terminal and panel show the same. */
import type { Track } from "./track";

/** Only the last batches count: a machine shared with others changes its pace. */
const RECENT_BATCHES = 50;
const RECENT_EPOCHS = 5;

/** Samples per second over the last batches; null before the first. */
export function throughput({ batches }: Track): number | null {
  const length = batches.seconds.length;
  let samples = 0;
  let seconds = 0;
  for (let i = Math.max(0, length - RECENT_BATCHES); i < length; i++) {
    samples += batches.samples.at(i);
    seconds += batches.seconds.at(i);
  }
  return seconds > 0 ? samples / seconds : null;
}

/**
 * Seconds until the last epoch ends, if nothing stops it before: the median of the last epochs' durations (with their evaluations)
 * times the epochs that remain, less what the current epoch has done. Before the first epoch is over: from the batches alone. Null
 * before the first batch, and after the end.
 */
export function secondsLeft(track: Track): number | null {
  const { start, end, epochsDone } = track;
  if (start === null || end !== null) return null;
  const epochSeconds = medianEpoch(track) ?? batchPace(track);
  return epochSeconds === null ? null : Math.max(0, start.epochs - epochsDone) * epochSeconds;
}

export interface WaitedFor {
  readonly seconds: number;
  /** Of the time of the same epochs, their evaluations included. */
  readonly share: number;
}

/** How long the device waited for images in the last epochs; null where none says so. */
export function waitedForImages({ epochs }: Track, lastEpochs = RECENT_EPOCHS): WaitedFor | null {
  let [seconds, of] = [0, 0];
  for (const epoch of epochs.slice(-lastEpochs)) {
    if (epoch.waited === null || epoch.seconds === null) continue;
    seconds += epoch.waited;
    of += epoch.seconds;
  }
  return of > 0 ? { seconds, share: Math.min(1, seconds / of) } : null;
}

/** Less is not worth a change of anything. */
const LONG_WAIT = { share: 0.1, seconds: 60 };

/** How long the device waited for images in all epochs, where that was long; null otherwise. */
export function longWaitForImages(track: Track): WaitedFor | null {
  const waited = waitedForImages(track, track.epochs.length);
  if (waited === null) return null;
  return waited.share >= LONG_WAIT.share && waited.seconds >= LONG_WAIT.seconds ? waited : null;
}

/** An epoch that a resumption began in its middle was measured from there on: it says nothing of a whole one. */
function medianEpoch({ epochs }: Track): number | null {
  const durations = epochs
    .flatMap(({ seconds, resumed }) => (seconds === null || resumed ? [] : [seconds]))
    .slice(-RECENT_EPOCHS)
    .sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)] ?? null;
}

function batchPace({ start, batches }: Track): number | null {
  const length = batches.seconds.length;
  if (start === null || length === 0) return null;
  let seconds = 0;
  const from = Math.max(0, length - RECENT_BATCHES);
  for (let i = from; i < length; i++) seconds += batches.seconds.at(i);
  return (seconds / (length - from)) * start.batchesPerEpoch;
}
