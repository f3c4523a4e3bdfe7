/** Of several engines the one that makes a step of a network, or answers with it, soonest. */
import { type Engine, EngineError } from "../../engine/engine";
import { phraseOf } from "../../experiment/problems/networkSentence";
import type { Phrase } from "../../experiment/problems/words";
import { type Notice, notice } from "../../training/notices";
import { type AnswerJob, type StepJob, secondsAnAnswer, secondsAStep } from "../../training/run/stepTiming";

/** What is timed: a training has an optimizer. */
export type TimedJob = StepJob | AnswerJob;

interface Timed {
  readonly engine: Engine;
  /** Infinite where it cannot be done. */
  readonly seconds: number;
  readonly said: Phrase;
}

/**
 * @param engines in the order in which they are timed; the last must be able to do anything
 * @param say gets one sentence with the times of all
 */
export async function fastestEngine(
  engines: readonly Engine[],
  job: TimedJob,
  say: (notice: Notice) => void,
  clock?: () => number,
): Promise<Engine> {
  const timed: Timed[] = [];
  // One after the other: side by side each would take time from the others.
  for (const engine of engines) timed.push(await timeOf(engine, job, clock));
  const best = timed.reduce((first, other) => (other.seconds < first.seconds ? other : first));
  say(
    notice("optimizer" in job ? "step-times" : "answer-times", {
      times: timed.map(({ said }) => said),
      device: deviceName(best.engine),
    }),
  );
  return best.engine;
}

async function timeOf(engine: Engine, job: TimedJob, clock?: () => number): Promise<Timed> {
  const device = deviceName(engine);
  try {
    const seconds =
      "optimizer" in job ? await secondsAStep(engine, job, clock) : await secondsAnAnswer(engine, job, clock);
    const said =
      seconds < 1
        ? notice("step-time-short", { milliseconds: milliseconds(seconds), device })
        : notice("step-time", { seconds: seconds.toFixed(1), device });
    return { engine, seconds, said };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const said = notice("step-impossible", { device, reason: phraseOf(error.detail) });
    return { engine, seconds: Number.POSITIVE_INFINITY, said };
  }
}

/** "143", "4.8" */
function milliseconds(seconds: number): string {
  const value = 1000 * seconds;
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

export function deviceName({ description }: Engine): string | Phrase {
  return description.device === "CPU" ? notice("the-processor", {}) : description.device;
}
