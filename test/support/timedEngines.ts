/** Engines that are as fast as a test wants them, and a step to time them with. */
import { type Engine, EngineError, type InputBatch } from "../../src/engine/engine";
import { sequence } from "../../src/network/definition/layerDefinition";
import type { Network } from "../../src/network/network";
import { sentence } from "../../src/network/sentence";
import { objectiveFor } from "../../src/statistics/objective";
import type { AnswerJob, StepJob } from "../../src/training/run/stepTiming";
import { FakeModel } from "./fakeModel";

const network: Network = {
  architecture: "custom",
  family: "cnn",
  inputSize: [1, 8, 8, 8],
  convolutions: [],
  fc: sequence([{ kind: "Flatten" }, { kind: "Linear", inFeatures: 512, outFeatures: 2, bias: true }]),
};

export const stepJob: StepJob = {
  network,
  batchSize: 2,
  objective: objectiveFor("classification", { loss: "CrossEntropyLoss", classes: 2 }),
  optimizer: { name: "Adam", learningRate: 1e-4, weightDecay: 0 },
};

export const answerJob: AnswerJob = { network, batchSize: 2 };

/** An engine whose updates and answers take no time, but for what `onStep` does. */
export function slowEngine(name: Engine["name"], device: string, onStep: () => void = () => {}): Engine {
  const onCall = (call: string) => {
    if (call.startsWith("update")) onStep();
  };
  return {
    name,
    description: { library: "of a test", version: "1", device, threads: 1 },
    predictor: async () => new SlowPredictor(onStep),
    trainer: async () => new FakeModel({ onCall }),
  };
}

class SlowPredictor extends FakeModel {
  constructor(private readonly onAnswer: () => void) {
    super();
  }

  override async predict(batch: InputBatch) {
    this.onAnswer();
    return await super.predict(batch);
  }
}

/** One that no processor is faster than. */
export const fastEngine = (name: Engine["name"], device: string): Engine => slowEngine(name, device);

/** One that cannot train anything. */
export const failingEngine = (name: Engine["name"], device: string): Engine => ({
  ...slowEngine(name, device),
  trainer: async () => {
    throw new EngineError(sentence`no memory`);
  },
});

/** A clock that goes on when a test says so. Seconds. */
export function steppingClock() {
  let time = 0;
  return {
    now: () => time,
    pass(seconds: number) {
      time += seconds;
    },
  };
}
