/** The formulas in double precision against PyTorch's in double precision: that nothing but rounding tells them apart. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { preparedGradient } from "../../../src/optimizer/arithmetic";
import { OPTIMIZER_NAMES, OPTIMIZERS, ruleOf } from "../../../src/optimizer/optimizers";
import { doubles } from "../../support/doubles";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const JSON_FILE = "golden/i_schedules.json";
const TENSOR_FILE = "golden/i_optimizers.safetensors";
const STEPS = 12;
const PARAMETERS = ["w", "b"] as const;

const caseSchema = z.object({
  name: z.string(),
  optimizer: z.enum(OPTIMIZER_NAMES),
  settings: z
    .object({ lr: z.number(), weight_decay: z.number().default(0) })
    .catchall(z.union([z.number(), z.boolean(), z.tuple([z.number(), z.number()])])),
  state_of_b_after_12: z.record(z.string(), z.union([z.number(), z.array(z.number()), z.null()])),
});

describeWithReference("the formulas of the optimizers", [JSON_FILE, TENSOR_FILE], () => {
  const tensors = readSafetensors(reference(TENSOR_FILE));
  const values = (name: string) => Array.from(tensors.get(name)!.data, Number);
  const { optimizers } = z
    .object({ optimizers: z.array(caseSchema) })
    .parse(JSON.parse(readFileSync(reference(JSON_FILE), "utf8")));

  it.each(optimizers)(
    "makes PyTorch's steps: $name",
    ({ name, optimizer, settings, state_of_b_after_12 }) => {
      const { lr: learningRate, weight_decay: weightDecay, ...hyperparameters } = settings;
      const rule = ruleOf(optimizer, hyperparameters);
      const decay = OPTIMIZERS[optimizer].weightDecay === "gradient" ? weightDecay : 0;
      for (const parameter of PARAMETERS) {
        let state = values(`${name}/0/${parameter}`).map((weights) => ({ weights, moments: rule.moments }));
        for (let step = 1; step <= STEPS; step++) {
          const gradients = values(`${name}/${step}/grad_${parameter}`);
          const { constants, switches = {} } = rule.begin({ step, learningRate, weightDecay, scalars: {} });
          state = state.map(({ weights, moments }, i) => {
            const gradient = preparedGradient(doubles, gradients[i]!, weights, { decay });
            return rule.formula(doubles, { weights, gradient, moments, constants, switches });
          });
          expectClose(
            state.map(({ weights }) => weights),
            values(`${name}/${step}/${parameter}`),
          );
        }
        if (parameter === "b")
          for (const moment of Object.keys(rule.moments))
            expectClose(
              state.map(({ moments }) => moments[moment]!),
              z.array(z.number()).parse(state_of_b_after_12[moment]),
            );
      }
    },
  );
});

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected[i]!)));
  });
}
