/** How long a weight update of a network, or an answer, takes on an engine: measured, since a card can be slower than the processor beside it. */
import type { Batch, Engine, OptimizerSettings, Trainer } from "../../engine/engine";
import { secondsNow } from "../../engine/repeatedTime";
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

/** A batch as predictions and explanations put it through a network. */
export interface AnswerJob {
  readonly network: Network;
  readonly batchSize: number;
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

/** Repetitions that are timed after one that compiles, unless they take longer than `ENOUGH` seconds together. */
const REPETITIONS = 3;
const ENOUGH = 3;

/**
 * Seconds of a batch forward, backward and its update: the shortest of a few, after one that compiles.
 * @param clock in seconds
 * @throws EngineError where the engine cannot train the network, or has not the memory
 */
export async function secondsAStep(
  engine: Engine,
  job: StepJob,
  clock: () => number = secondsNow,
): Promise<number> {
  const trainer = await engine.trainer(job.network, {
    objective: job.objective.data,
    optimizer: job.optimizer,
    weights: initialState(job.network, 0),
    dropoutSeed: 0,
  });
  try {
    const batch = someBatch(job);
    return await shortestSeconds(() => step(trainer, batch), clock);
  } finally {
    await trainer.dispose();
  }
}

/**
 * Seconds of a batch through the network, in the same way.
 * @throws EngineError where the engine cannot compute the network, or has not the memory
 */
export async function secondsAnAnswer(
  engine: Engine,
  { network, batchSize }: AnswerJob,
  clock: () => number = secondsNow,
): Promise<number> {
  const predictor = await engine.predictor(network, initialState(network, 0));
  try {
    const batch = { size: batchSize, inputs: { image: someImages(network, batchSize) } };
    return await shortestSeconds(() => predictor.predict(batch), clock);
  } finally {
    await predictor.dispose();
  }
}

async function shortestSeconds(run: () => Promise<unknown>, clock: () => number): Promise<number> {
  const beginning = clock();
  await run();
  let shortest = clock() - beginning;
  // What takes longer than all of it is known well enough by its first time.
  for (let made = 0; made < REPETITIONS && clock() - beginning < ENOUGH; made++) {
    const start = clock();
    await run();
    shortest = Math.min(shortest, clock() - start);
  }
  return shortest;
}

/** The loss waits for the device; what the update leaves to it there is waited for by the loss of the next step. */
async function step(trainer: Trainer, batch: Batch): Promise<void> {
  await trainer.accumulate(batch);
  await trainer.update();
}

function someBatch({ network, batchSize, objective }: StepJob): Batch {
  const image = someImages(network, batchSize);
  const labels = new Array<number>(batchSize).fill(0);
  return { size: batchSize, inputs: { image }, targets: objective.encode(labels, image) };
}

function someImages({ inputSize }: Network, batchSize: number): Float32Array {
  const random = new RandomGenerator(0);
  return Float32Array.from({ length: batchSize * elementCount(inputSize) }, () => random.uniform());
}
