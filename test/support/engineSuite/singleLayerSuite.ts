/** Single layers, with random input and output gradient, against PyTorch's numbers in double precision. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Engine } from "../../../src/engine/engine";
import { sequence } from "../../../src/network/definition/layerDefinition";
import type { Layer } from "../../../src/network/layer";
import type { Cnn } from "../../../src/network/network";
import {
  elementCount,
  type FloatTensor,
  type StateDict,
  type Tensor,
} from "../../../src/network/weights/tensor";
import { describeWithReference, reference } from "../reference";
import { readSafetensors } from "../safetensors";
import { numbersOf } from "./closeness";
import { ADAM, batchOf, floatTensor, INPUT_PARAMETER, MSE, networkOf, transposed } from "./layerCases";
import { caseSchema, type LayerCase, layerOf } from "./pytorchLayers";

const JSON_FILE = "golden/i_layers.json";
const TENSOR_FILE = "golden/i_layers.safetensors";

/** Of modules that no layer is: norms of a whole image, other activations and pools, and networks. */
const OTHERS = [
  "layer_norm_cdhw",
  "layer_norm_linear",
  "adaptive_max_pool_3d",
  "adaptive_max_pool_2d_1",
  "gelu_tanh",
  "prelu_1",
  "prelu_c",
  "softplus",
  "upsample_nearest_3d",
  "upsample_trilinear",
  "upsample_bilinear",
  "dense_block",
  "squeeze_excitation",
  "unet_transpose",
];

export function describeSingleLayers(createEngine: () => Promise<Engine>): void {
  describeWithReference("PyTorch's single layers", [JSON_FILE, TENSOR_FILE], () => {
    const { layers } = z
      .object({ layers: z.array(caseSchema) })
      .parse(JSON.parse(readFileSync(reference(JSON_FILE), "utf8")));
    const known = layers.flatMap((each) => {
      const layer = layerOf(each);
      return layer === undefined ? [] : [{ ...each, layer }];
    });
    const tensors = readSafetensors(reference(TENSOR_FILE));
    let engine: Engine;
    beforeAll(async () => {
      engine = await createEngine();
    });

    it("are all layers of Gyrus, but for those that are known not to be", () => {
      const unknown = layers.filter((each) => layerOf(each) === undefined).map(({ name }) => name);
      expect(unknown).toEqual(OTHERS);
    });

    describe.each(known)("$name", (each) => {
      const golden = new Golden(each, tensors);
      // A batch norm in training has other answers than afterwards.
      const answersAlike = each.mode === "eval" || golden.buffers.length === 0;

      it.runIf(answersAlike)("gives PyTorch's answers", async () => {
        const network = networkOf([each.layer], each.x_shape);
        const predictor = await engine.predictor(network, weightsOf(golden, "fc.0", golden.inputParameter));
        const answers = await predictor.predict(batchOf(network, each.x_shape[0]!));
        await predictor.dispose();
        golden.expect("y", answers, 1e-5);
      });

      it.runIf(answersAlike)("has PyTorch's gradient by the input in a saliency map", async () => {
        const outputGradients = samplesOf(golden.floats("grad_y"));
        const inputs = samplesOf(golden.floats("x"));
        const network = explainedNetwork(each, outputGradients[0]!.length);
        const weightsFor = (weight: Float32Array) =>
          weightsOf(golden, "convolutions.0", ["fc.1.weight", floatTensor([1, weight.length], weight)]);
        const predictor = await engine.predictor(network, weightsFor(outputGradients[0]!));
        const gradients: number[] = [];
        for (const [sample, weight] of outputGradients.entries()) {
          await predictor.setWeights(weightsFor(weight));
          const image = { size: 1, inputs: { image: inputs[sample]! } };
          gradients.push(...(await predictor.saliency(image, 0, "input")).gradients.data);
        }
        await predictor.dispose();
        golden.expect("grad_x", floatTensor(each.x_shape, gradients), 1e-4);
      });

      it.runIf(each.mode === "train")("has PyTorch's gradients and running statistics", async () => {
        const network = networkOf([each.layer], each.x_shape);
        const weights = weightsOf(golden, "fc.0", golden.inputParameter);
        const trainer = await engine.trainer(network, {
          objective: MSE,
          optimizer: ADAM,
          weights,
          dropoutSeed: 0,
        });
        // The gradient of the mean of (y - target)^2 is 2 (y - target) / n: this target makes it the wanted one.
        const [y, outputGradient] = [golden.floats("y"), golden.floats("grad_y")];
        const half = y.data.length / 2;
        const values = y.data.map((value, index) => value - outputGradient.data[index]! * half);
        await trainer.accumulate({ ...batchOf(network, each.x_shape[0]!), targets: { values } });
        const gradients = await trainer.gradients();
        const { parameters } = await trainer.state();
        await trainer.dispose();

        const byInput = gradients.get(INPUT_PARAMETER);
        if (byInput?.dtype !== "float32") throw new Error("The gradient by the input is missing.");
        golden.expect("grad_x", transposed(byInput), 1e-4);
        for (const name of each.parameters) {
          golden.expect(`grad/${name}`, gradients.get(`fc.0.${ourName(name)}`), 1e-4);
        }
        for (const name of golden.buffers) {
          golden.expect(`state_after/${name}`, parameters.get(`fc.0.${ourName(name)}`), 1e-5);
        }
      });
    });
  });
}

/** The tensors of one case. */
class Golden {
  readonly #case: LayerCase;
  readonly #tensors: ReadonlyMap<string, Tensor>;

  constructor(each: LayerCase, tensors: ReadonlyMap<string, Tensor>) {
    this.#case = each;
    this.#tensors = tensors;
  }

  /** Names of the buffers that a batch changes. */
  get buffers(): readonly string[] {
    const { mode, state_dict, parameters } = this.#case;
    return mode === "eval" ? [] : Object.keys(state_dict).filter((name) => !parameters.includes(name));
  }

  /** The input as the weight that makes it (layerCases.ts). */
  get inputParameter(): readonly [string, FloatTensor] {
    return [INPUT_PARAMETER, transposed(this.floats("x"))];
  }

  get stateNames(): readonly string[] {
    return Object.keys(this.#case.state_dict);
  }

  tensor(what: string): Tensor {
    const tensor = this.#tensors.get(`${this.#case.name}/${what}`);
    if (tensor === undefined) throw new Error(`${TENSOR_FILE} has no ${this.#case.name}/${what}`);
    return tensor;
  }

  floats(what: string): FloatTensor {
    const tensor = this.tensor(what);
    return floatTensor(tensor.shape, numbersOf(tensor));
  }

  /**
   * Expects every element within `tolerance` of PyTorch's, relative to it where it is larger than 1; or within four times the
   * error that PyTorch itself makes in float32, where that is more.
   */
  expect(what: string, actual: Tensor | undefined, tolerance: number): void {
    const wanted = this.tensor(what);
    expect(actual?.data.length, `${what}: number of elements`).toBe(wanted.data.length);
    const allowed = Math.max(tolerance, 4 * (this.#case.float32_error_of_torch[what] ?? 0));
    numbersOf(wanted).forEach((value, index) => {
      const error = Math.abs(Number(actual!.data[index]) - value) / Math.max(1, Math.abs(value));
      if (!(error <= allowed)) {
        expect.fail(`${what}: element ${index} is ${actual!.data[index]}, not ${value}`);
      }
    });
  }
}

/** The weights of the layer at `path`, and those of the layer that is not under test. */
function weightsOf(golden: Golden, path: string, other: readonly [string, FloatTensor]): StateDict {
  const weights = golden.stateNames.map((name): [string, Tensor] => {
    const tensor = golden.tensor(`state/${name}`);
    return [`${path}.${ourName(name)}`, tensor.dtype === "int64" ? tensor : golden.floats(`state/${name}`)];
  });
  return new Map([[...other], ...weights]);
}

/** The shortcut of a residual block has the name that torchvision gives it. */
const ourName = (name: string) => name.replace(/^shortcut\./, "downsample.");

/** The layer, and as the answer a sum of its output that is weighed by what `fc.1.weight` says. */
function explainedNetwork(
  { layer, x_shape: [, ...inputSize] }: LayerCase & { layer: Layer },
  outputs: number,
): Cnn {
  return {
    family: "cnn",
    architecture: "custom",
    inputSize,
    convolutions: sequence([layer]),
    fc: sequence([{ kind: "Flatten" }, { kind: "Linear", inFeatures: outputs, outFeatures: 1, bias: false }]),
  };
}

function samplesOf({ shape, data }: FloatTensor): Float32Array[] {
  const length = elementCount(shape.slice(1));
  return Array.from({ length: shape[0]! }, (_, sample) => data.slice(sample * length, (sample + 1) * length));
}
