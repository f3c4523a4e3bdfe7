/** How long a weight update of a network takes on an engine: measured, since a card can be slower than the processor beside it. */
import type { Batch, Engine, OptimizerSettings, Trainer } from "../../engine/engine";
import type { Network } from "../../network/network";
import { initialState } from "../../network/weights/initialise";
import { RandomGenerator } from "../../network/weights/random";
import { elementCount } from "../../network/weights/tensor";
import type { Objective } from "../../statistics/objective";
import { objectiveOf } from "../loop/objective";
import type { PreparedRun } from "./prepareRun";

/** A step as the training will make it: what an engine is measured with. */
export interface StepJob {
  readonly network: Network;
  readonly batchSize: number;
  readonly objective: Objective;
  readonly optimizer: OptimizerSettings;
}

export function stepJobOf({ experiment, network, learned }: PreparedRun): StepJob {
  const classes = learned.classes.length;
  return {
    network,
    batchSize: experiment.batch_size,
    // Each class once: the weights of balanced classes take part in the loss, and their values change nothing of the time.
    objective: objectiveOf(experiment, classes, [...Array(classes).keys()]),
    optimizer: {
      name: experiment.optimizer,
      hyperparameters: experiment.optimizer_settings,
      learningRate: experiment.learning_rate,
      weightDecay: experiment.weight_decay,
    },
  };
}

/** Steps that are timed after one that compiles, unless they take longer than `ENOUGH` seconds together. */
const STEPS = 3;
const ENOUGH = 3;

/**
 * Seconds of a batch forward, backward and its update: the shortest of a few, after one that compiles.
 * @param clock in seconds
 * @throws EngineError where the engine cannot train the network, or has not the memory
 */
export async function secondsAStep(
  engine: Engine,
  job: StepJob,
  clock: () => number = () => performance.now() / 1000,
): Promise<number> {
  const trainer = await engine.trainer(job.network, {
    objective: job.objective.data,
    optimizer: job.optimizer,
    weights: initialState(job.network, 0),
    dropoutSeed: 0,
  });
  try {
    const batch = someBatch(job);
    const beginning = clock();
    await step(trainer, batch);
    let shortest = clock() - beginning;
    // A network that takes longer than all of it is known well enough by its first step.
    for (let made = 0; made < STEPS && clock() - beginning < ENOUGH; made++) {
      const start = clock();
      await step(trainer, batch);
      shortest = Math.min(shortest, clock() - start);
    }
    return shortest;
  } finally {
    await trainer.dispose();
  }
}

/** The loss waits for the device; what the update leaves to it there is waited for by the loss of the next step. */
async function step(trainer: Trainer, batch: Batch): Promise<void> {
  await trainer.accumulate(batch);
  await trainer.update();
}

function someBatch({ network, batchSize, objective }: StepJob): Batch {
  const random = new RandomGenerator(0);
  const image = Float32Array.from({ length: batchSize * elementCount(network.inputSize) }, () =>
    random.uniform(),
  );
  const labels = new Array<number>(batchSize).fill(0);
  return { size: batchSize, inputs: { image }, targets: objective.encode(labels, image) };
}
