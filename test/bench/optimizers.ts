/** How long an optimizer takes for the large Linear of Conv5_FC3 on whole images: 1300 x 32256, 42 million parameters. */
import type { OptimizerSettings } from "../../src/engine/engine";
import { createOptimizer, momentSlots } from "../../src/engine/optimizer/createOptimizer";
import type { Gradient } from "../../src/engine/optimizer/optimizer";
import { createParameterStore } from "../../src/engine/optimizer/parameterStore";

const ROWS = 1300;
const COLUMNS = 32_256;

export interface StepFigure {
  readonly gradient: string;
  /** The fastest of the repeated steps, in milliseconds. */
  readonly milliseconds: number;
}

export function measureStep(name: OptimizerSettings["name"], repetitions: number): StepFigure[] {
  const store = createParameterStore([{ name: "weight", shape: [ROWS, COLUMNS] }], momentSlots(name));
  const optimizer = createOptimizer({ name, learningRate: 1e-4, weightDecay: 1e-4 }, store);
  store.view("weight").fill(0.02);
  const gradients: Record<string, Gradient> = {
    dense: { kind: "dense", data: new Float32Array(ROWS * COLUMNS).fill(0.01) },
    "factors of 2 samples": factors(2),
    "factors of 8 samples": factors(8),
  };
  return Object.entries(gradients).map(([gradient, value]) => {
    const step = new Map([["weight", value]]);
    const times = Array.from({ length: repetitions }, () => {
      const start = performance.now();
      optimizer.step(step, 1);
      return performance.now() - start;
    });
    return { gradient, milliseconds: Math.min(...times) };
  });
}

function factors(count: number): Gradient {
  return {
    kind: "factors",
    count,
    left: new Float32Array(count * ROWS).fill(0.1),
    right: new Float32Array(count * COLUMNS).fill(0.2),
  };
}
