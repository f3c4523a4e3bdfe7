/** How long Adam takes for the large Linear of Conv5_FC3 on whole images: 1300 x 32256, 42 million parameters. */
import { createOptimizer, momentSlots } from "../../src/engine/optimizer/createOptimizer";
import type { Gradient } from "../../src/engine/optimizer/optimizer";
import { createParameterStore } from "../../src/engine/optimizer/parameterStore";

const ROWS = 1300;
const COLUMNS = 32_256;

export const GRADIENTS = ["dense gradient", "factors of 2 samples", "factors of 8 samples"] as const;

/** The fastest of the repeated steps, in milliseconds. */
export function measureAdam(gradient: (typeof GRADIENTS)[number], repetitions: number): number {
  const store = createParameterStore(
    [{ name: "weight", shape: [ROWS, COLUMNS] }],
    momentSlots({ name: "Adam" }),
  );
  const optimizer = createOptimizer({ name: "Adam", learningRate: 1e-4, weightDecay: 1e-4 }, store);
  store.view("weight").fill(0.02);
  const step = new Map([["weight", gradientOf(gradient)]]);
  const times = Array.from({ length: repetitions }, () => {
    const start = performance.now();
    optimizer.step(step, { scale: 1, rateOf: () => 1e-4 });
    return performance.now() - start;
  });
  return Math.min(...times);
}

function gradientOf(gradient: (typeof GRADIENTS)[number]): Gradient {
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
