/** How long a step of an optimizer takes for the large Linear of Conv5_FC3 on whole images: 1300 x 32256, 42 million parameters. */
import { createOptimizer, momentSlots } from "../../src/engine/optimizer/createOptimizer";
import type { Gradient } from "../../src/engine/optimizer/optimizer";
import { createParameterStore } from "../../src/engine/optimizer/parameterStore";
import { OPTIMIZER_NAMES, type OptimizerName } from "../../src/optimizer/optimizers";

const ROWS = 1300;
const COLUMNS = 32_256;

type GradientName = "dense gradient" | "factors of 2 samples" | "factors of 8 samples";

export interface MeasuredStep {
  readonly name: OptimizerName;
  readonly gradient: GradientName;
}

const step = (name: OptimizerName, gradient: GradientName): MeasuredStep => ({ name, gradient });

/** Adam from every gradient, the others from the one that a Linear of whole images has. */
export const STEPS: readonly MeasuredStep[] = [
  step("Adam", "dense gradient"),
  step("Adam", "factors of 8 samples"),
  ...OPTIMIZER_NAMES.map((name) => step(name, "factors of 2 samples")),
];

/** The fastest of the repeated steps, in milliseconds. */
export function measureStep({ name, gradient }: MeasuredStep, repetitions: number): number {
  const store = createParameterStore([{ name: "weight", shape: [ROWS, COLUMNS] }], momentSlots({ name }));
  const optimizer = createOptimizer({ name, learningRate: 1e-4, weightDecay: 1e-4 }, store);
  store.view("weight").fill(0.02);
  const gradients = new Map([["weight", gradientOf(gradient)]]);
  const times = Array.from({ length: repetitions }, () => {
    const start = performance.now();
    optimizer.step(gradients, { scale: 1, rateOf: () => 1e-4 });
    return performance.now() - start;
  });
  return Math.min(...times);
}

function gradientOf(gradient: GradientName): Gradient {
  switch (gradient) {
    case "dense gradient":
      return { kind: "dense", data: new Float32Array(ROWS * COLUMNS).fill(0.01) };
    case "factors of 2 samples":
      return factors(2);
    case "factors of 8 samples":
      return factors(8);
  }
}

function factors(count: number): Gradient {
  return {
    kind: "factors",
    count,
    left: new Float32Array(count * ROWS).fill(0.1),
    right: new Float32Array(count * COLUMNS).fill(0.2),
  };
}
