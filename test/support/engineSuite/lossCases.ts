/** What PyTorch computed for the losses (test/fixtures/engine/losses.json; layers.py beside it makes it). */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import {
  isClassLoss,
  LOSS_NAMES,
  type ObjectiveData,
  valueObjective,
} from "../../../src/statistics/losses/losses";

const file = z.object({
  /** Of the outputs of the network: [samples, classes]. */
  shape: z.tuple([z.number(), z.number()]),
  codes: z.array(z.number()),
  losses: z.array(
    z.object({
      objective: z
        .object({ loss: z.enum(LOSS_NAMES), classWeights: z.array(z.number()).optional() })
        .catchall(z.number()),
      loss: z.number(),
      samples: z.array(z.number()),
      gradient: z.array(z.number()),
    }),
  ),
});

const computed = file.parse(
  JSON.parse(readFileSync(resolve(import.meta.dirname, "../../fixtures/engine/losses.json"), "utf8")),
);

export const { shape: OUTPUTS, codes: CODES } = computed;

function objectiveOf({
  loss,
  classWeights,
  ...options
}: (typeof computed.losses)[number]["objective"]): ObjectiveData {
  if (!isClassLoss(loss)) return valueObjective(loss, options);
  return { loss, classes: OUTPUTS[1], ...(classWeights !== undefined && { classWeights }) };
}

export const lossCases = computed.losses.map(({ objective, ...numbers }) => ({
  ...numbers,
  /** `HuberLoss {"delta":1}` */
  name: [objective.loss, JSON.stringify({ ...objective, loss: undefined })].join(" "),
  objective: objectiveOf(objective),
}));
