import { createOnnxEngine } from "../../src/engine/onnx/onnxEngine";
import type { Experiment } from "../../src/experiment/experiment";
import type { RunEvent } from "../../src/run/events";
import { resumeTraining } from "../../src/training/run/resumeTraining";
import type { RunOptions, TrainingOutcome } from "../../src/training/run/runOptions";
import { runTraining } from "../../src/training/run/runTraining";

/** Trains with the engine of the project on one thread. */
export async function trainPhantom(
  experiment: Experiment,
  maps: string,
  options: Partial<RunOptions> = {},
): Promise<{ readonly outcome: TrainingOutcome; readonly events: readonly RunEvent[] }> {
  const events: RunEvent[] = [];
  const outcome = await runTraining(experiment, maps, {
    engine: await createOnnxEngine({ threads: 1 }),
    gyrusVersion: "0.0.0",
    command: ["gyrus", "train"],
    ...options,
    observer: (event, place) => {
      events.push(event);
      options.observer?.(event, place);
    },
  });
  return { outcome, events };
}

/** Goes on with such a training, one network after the other. */
export async function resumePhantom(maps: string): Promise<TrainingOutcome> {
  const engine = await createOnnxEngine({ threads: 1 });
  return await resumeTraining(maps, { engine, gyrusVersion: "0.0.0", command: [] });
}
