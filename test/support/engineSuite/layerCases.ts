/**
 * Single layers and short chains of them, with what PyTorch computed for them (test/fixtures/engine/layers.py), and a way to
 * see all of that through the engine's contract.
 *
 * A contract knows no gradient by the input. So the input of the layers is itself a parameter: the batch is the identity
 * matrix, and a Linear without bias turns its n-th row into the n-th sample. The gradient of that weight is the gradient by
 * the input.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Batch, Engine, OptimizerSettings, Trainer } from "../../../src/engine/engine";
import { sequence } from "../../../src/network/definition/layerDefinition";
import type { Layer } from "../../../src/network/layer";
import type { Cnn } from "../../../src/network/network";
import { traceShapes } from "../../../src/network/shapes/shape";
import { parameterSpecs } from "../../../src/network/weights/parameters";
import {
  elementCount,
  type FloatTensor,
  type StateDict,
  type Tensor,
} from "../../../src/network/weights/tensor";
import type { ObjectiveData } from "../../../src/statistics/losses/losses";
import { readSafetensors } from "../safetensors";

export interface LayerCase {
  readonly name: string;
  readonly layers: readonly Layer[];
  /** [N, channels, ...spatial] */
  readonly input: readonly number[];
  /** Added to the input. */
  readonly offset: number;
  /** Number of planes at the beginning of the first spatial axis that are 0. */
  readonly background: number;
}

const fixtures = resolve(import.meta.dirname, "../../fixtures/engine");

export const layerCases: readonly LayerCase[] = JSON.parse(
  readFileSync(resolve(fixtures, "layers.json"), "utf8"),
);

const computed = readSafetensors(resolve(fixtures, "layers.safetensors"));

/** What PyTorch computed for a case: "evaluation", "loss", "gradient.<parameter>", "gradient.input", "after.<buffer>". */
export function expected({ name }: LayerCase, what: string): Tensor {
  const tensor = computed.get(`${name}/${what}`);
  if (tensor === undefined) throw new Error(`layers.safetensors has no ${name}/${what}`);
  return tensor;
}

/** Name of the parameter that stands for the input. */
export const INPUT_PARAMETER = "convolutions.1.weight";
/** Prefix of the names of the layers under test. */
export const LAYERS = "fc.";

export const MSE: ObjectiveData = { loss: "MSELoss" };
export const ADAM: OptimizerSettings = { name: "Adam", learningRate: 1e-3, weightDecay: 0 };

/** The layers of a case behind a Linear that makes their input. */
export function networkOf(layers: readonly Layer[], [samples, ...shape]: readonly number[]): Cnn {
  const inFeatures = samples!;
  return {
    family: "cnn",
    architecture: "custom",
    inputSize: [inFeatures, 1, 1],
    convolutions: sequence([
      { kind: "Flatten" },
      { kind: "Linear", inFeatures, outFeatures: elementCount(shape), bias: false },
      { kind: "Reshape", shape },
    ]),
    fc: sequence(layers),
  };
}

/** The state in which PyTorch computed the case. */
export function stateOf(network: Cnn, input: FloatTensor): StateDict {
  let salt = 0;
  return new Map(
    parameterSpecs(network).map(({ name, shape, dtype }): [string, Tensor] => {
      if (name === INPUT_PARAMETER) return [name, transposed(input)];
      salt++;
      if (dtype === "int64") return [name, { dtype, shape, data: new BigInt64Array(1) }];
      const [low, high] = name.endsWith("running_var") ? [0.5, 2] : [-1, 1.3];
      return [name, floatTensor(shape, spread(elementCount(shape), salt, low, high))];
    }),
  );
}

export function inputOf({ input, offset, background }: LayerCase): FloatTensor {
  const [, , planes, ...plane] = input as readonly [number, number, number, ...number[]];
  const values = Float32Array.from(spread(elementCount(input), 7, -2, 2));
  const isBackground = (index: number) => Math.floor(index / elementCount(plane)) % planes < background;
  return floatTensor(
    input,
    values.map((value, index) => (isBackground(index) ? 0 : value + offset)),
  );
}

/** A model of the layers of a case, and the batch that gives them their input. */
export async function modelOf(
  engine: Engine,
  layerCase: LayerCase,
  frozen: ReadonlySet<string> = new Set(),
): Promise<{ network: Cnn; model: Trainer; batch: Batch; state: StateDict }> {
  const input = inputOf(layerCase);
  const network = networkOf(layerCase.layers, layerCase.input);
  const state = stateOf(network, input);
  const model = await engine.trainer(network, {
    objective: MSE,
    optimizer: ADAM,
    weights: state,
    dropoutSeed: 0,
    frozen,
  });
  return { network, model, batch: batchOf(network, layerCase.input[0]!), state };
}

/** The batch that makes the n-th column of the weight of the Linear the n-th sample. */
export function batchOf(network: Cnn, samples: number): Batch {
  const shape = [samples, ...(traceShapes(network).at(-1)?.output ?? [])];
  return {
    size: samples,
    inputs: {
      image: Float32Array.from({ length: samples ** 2 }, (_, index) => (index % (samples + 1) === 0 ? 1 : 0)),
    },
    targets: { values: Float32Array.from(spread(elementCount(shape), 3)) },
  };
}

/** [a, ...shape] as [prod(shape), a], and back from [b, a] as [a, b]. */
export function transposed({ shape, data }: FloatTensor): FloatTensor {
  const rows = shape[0]!;
  const columns = data.length / rows;
  const moved = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      moved[column * rows + row] = data[row * columns + column]!;
    }
  }
  return { dtype: "float32", shape: [columns, rows], data: moved };
}

export const floatTensor = (shape: readonly number[], values: ArrayLike<number>): FloatTensor => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(values),
});

/** `count` different numbers between low and high in a scattered order, no two closer than (high - low) / p. */
export function spread(count: number, salt: number, low = -1, high = 1): number[] {
  let p = Math.max(count, 3);
  while (!isPrime(p)) p++;
  const step = Math.floor(p * 0.618);
  return Array.from({ length: count }, (_, index) => low + (high - low) * (((index * step + salt) % p) / p));
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor <= Math.sqrt(candidate); divisor++) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}
