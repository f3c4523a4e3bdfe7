/** Clipping of gradients against torch.nn.utils.clip_grad_norm_ and clip_grad_value_, in double precision. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { preparedGradient } from "../../../src/optimizer/arithmetic";
import { clippingFactor, normOf, powerSum } from "../../../src/optimizer/clipping";
import { doubles } from "../../support/doubles";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const JSON_FILE = "golden/i_layers.json";
const TENSOR_FILE = "golden/i_layers.safetensors";

const order = z.union([z.number(), z.literal("Infinity").transform(() => Number.POSITIVE_INFINITY)]);
const named = { case: z.string(), tensors: z.int() };
const caseSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("norm"),
    ...named,
    max_norm: z.number(),
    norm_type: order,
    total_norm: z.number(),
  }),
  z.object({ kind: z.literal("value"), ...named, clip_value: z.number() }),
]);

describeWithReference("clipping", [JSON_FILE, TENSOR_FILE], () => {
  const tensors = readSafetensors(reference(TENSOR_FILE));
  const { gradient_clipping: cases } = z
    .object({ gradient_clipping: z.array(caseSchema) })
    .parse(JSON.parse(readFileSync(reference(JSON_FILE), "utf8")));

  it.each(cases)("is PyTorch's: $case", (given) => {
    const gradients = Array.from({ length: given.tensors }, (_, i) => ({
      before: Array.from(tensors.get(`${given.case}/${i}/before`)!.data, Number),
      after: Array.from(tensors.get(`${given.case}/${i}/after`)!.data, Number),
    }));
    const clipped = (() => {
      if (given.kind === "value")
        return (slope: number) => preparedGradient(doubles, slope, 0, { limit: given.clip_value });
      const type = given.norm_type;
      const total = normOf(
        gradients.map(({ before }) => powerSum(before, type)),
        type,
      );
      expect(total).toBeCloseTo(given.total_norm, 10);
      const scale = clippingFactor(given.max_norm, total);
      return (slope: number) => preparedGradient(doubles, slope, 0, { scale });
    })();
    for (const { before, after } of gradients)
      before.forEach((slope, i) => {
        expect(Math.abs(clipped(slope) - after[i]!)).toBeLessThanOrEqual(
          1e-10 * Math.max(1, Math.abs(after[i]!)),
        );
      });
  });
});
