/** The network of the suites of a model: small, with one of each kind of state. */
import type { Batch, Engine, Trainer, TrainerOptions } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import type { Cnn, Network } from "../../../src/network/network";
import { initialState } from "../../../src/network/weights/initialise";
import { elementCount } from "../../../src/network/weights/tensor";
import { block } from "../smallLayers";
import { spread } from "./layerCases";

export const CLASSES = { loss: "CrossEntropyLoss", classes: 2 } as const;
export const SGD = { name: "SGD", learningRate: 0.5, weightDecay: 0 } as const;
export const ADAM = { name: "Adam", learningRate: 1e-2, weightDecay: 1e-3 } as const;
export const INPUT_SIZE = [1, 6, 5, 7];

/** Convolution, batch norm, pooling, dropout and two linear layers. */
export const network = buildNetwork({
  architecture: {
    convolutions: [...block(3)],
    fc: [
      { layer: "Flatten" },
      { layer: "Dropout" },
      { layer: "Linear", out_features: 4, bias: true },
      { layer: "ReLU" },
      { layer: "Linear", bias: true },
    ],
  },
  inputSize: INPUT_SIZE,
  outputSize: 2,
  dropout: 0.5,
  latentSpaceSize: 1,
  task: "classification",
});

export const batchOf = (size: number, salt: number): Batch => ({
  size,
  inputs: { image: Float32Array.from(spread(size * elementCount(INPUT_SIZE), salt)) },
  targets: { classes: Int32Array.from({ length: size }, (_, index) => (index + salt) % 2) },
});

/** Without dropout, so that every batch has one gradient. */
export const steady: Cnn = withoutDropout(network);

export type CreateTrainer = (options?: Partial<TrainerOptions>, of?: Network) => Promise<Trainer>;

/** How a suite makes its models: of `network` with Adam, but for what it says itself. */
export function trainersOf(createEngine: () => Promise<Engine>): CreateTrainer {
  return async (options = {}, of = network) => {
    const engine = await createEngine();
    return engine.trainer(of, {
      objective: CLASSES,
      optimizer: ADAM,
      weights: initialState(of, 5),
      dropoutSeed: 11,
      ...options,
    });
  };
}

function withoutDropout(of: Network): Cnn {
  if (of.family !== "cnn") throw new Error("The network of this suite is a CNN.");
  const fc = of.fc.map(({ name, layer }) => ({
    name,
    layer: layer.kind === "Dropout" ? { ...layer, probability: 0 } : layer,
  }));
  return { ...of, fc };
}
