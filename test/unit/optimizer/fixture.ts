/** What PyTorch's optimizers did; test/fixtures/optimizer/make.py and make_settings.py made it and say what it holds. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import type { OptimizerSettings, OptimizerState } from "../../../src/engine/engine";
import { momentSlots } from "../../../src/engine/optimizer/createOptimizer";
import type { Gradient, StepOptions } from "../../../src/engine/optimizer/optimizer";
import { createParameterStore, type ParameterStore } from "../../../src/engine/optimizer/parameterStore";
import type { FloatTensor } from "../../../src/network/weights/tensor";
import { type GivenSettings, OPTIMIZER_NAMES } from "../../../src/optimizer/optimizers";
import { readSafetensors } from "../../support/safetensors";

const fixture = (name: string) => resolve(import.meta.dirname, "../../fixtures/optimizer", name);
const tensors = new Map([
  ...readSafetensors(fixture("optimizers.safetensors")),
  ...readSafetensors(fixture("settings.safetensors")),
]);

/** The cases in which an optimizer has other hyperparameters than PyTorch's defaults. */
export const SETTINGS = z
  .array(
    z.object({
      optimizer: z.enum(OPTIMIZER_NAMES),
      case: z.string(),
      settings: z.record(z.string(), z.union([z.number(), z.boolean(), z.tuple([z.number(), z.number()])])),
    }),
  )
  .parse(JSON.parse(readFileSync(fixture("settings.json"), "utf8")));

export const parameters = [
  { name: "vector", shape: [7] },
  { name: "kernel", shape: [3, 2, 3, 3] },
  { name: "matrix", shape: [6, 9] },
];

/** A step in which every gradient is multiplied by `scale` and every parameter learns at one rate. */
export const stepOf = (scale = 1, rate = 0.01): StepOptions => ({ scale, rateOf: () => rate });

export function pytorch(name: string): FloatTensor {
  const tensor = tensors.get(name);
  if (tensor?.dtype !== "float32") throw new Error(`the fixture has no ${name}`);
  return tensor;
}

/** A store with the parameters as they were before the first step. */
export function initialStore(
  name: OptimizerSettings["name"],
  hyperparameters: GivenSettings = {},
): ParameterStore {
  const store = createParameterStore(parameters, momentSlots({ name, hyperparameters }));
  for (const { name } of parameters) store.view(name).set(pytorch(`initial.${name}`).data);
  return store;
}

/** The gradients of step 1 to 10; that of `matrix` as its factors. */
export function gradientsOf(step: number): Map<string, Gradient> {
  return new Map<string, Gradient>([
    ["vector", { kind: "dense", data: pytorch(`gradient.${step}.vector`).data }],
    ["kernel", { kind: "dense", data: pytorch(`gradient.${step}.kernel`).data }],
    [
      "matrix",
      {
        kind: "factors",
        count: 3,
        left: pytorch(`left.${step}.matrix`).data,
        right: pytorch(`right.${step}.matrix`).data,
      },
    ],
  ]);
}

/** What PyTorch has of a parameter under `prefix`: `weights` and its state by name. */
export function pytorchTensors(prefix: string, parameter: string): Map<string, FloatTensor> {
  const found = new Map<string, FloatTensor>();
  for (const name of tensors.keys()) {
    if (!name.startsWith(`${prefix}.`) || !name.endsWith(`.${parameter}`)) continue;
    found.set(name.slice(prefix.length + 1, -parameter.length - 1), pytorch(name));
  }
  return found;
}

/** PyTorch's state of an optimizer under `prefix`: the moments called `names`. */
export function pytorchState(prefix: string, step: number, names: readonly string[]): OptimizerState {
  const moments = names.map((moment) => {
    const tensorsByParameter = parameters.map(
      ({ name }) => [name, pytorch(`${prefix}.${moment}.${name}`)] as const,
    );
    return [moment, new Map(tensorsByParameter)] as const;
  });
  return { step, moments: new Map(moments) };
}
