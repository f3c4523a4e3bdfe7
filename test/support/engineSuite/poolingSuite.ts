/** ClinicaDL's adaptive pooling and its inverse, against numbers computed by ClinicaDL. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Engine } from "../../../src/engine/engine";
import type { CropMaxUnpool } from "../../../src/network/layers/cropMaxUnpool";
import type { PadMaxPool } from "../../../src/network/layers/padMaxPool";
import type { Dimensions } from "../../../src/network/shapes/axes";
import type { FloatTensor } from "../../../src/network/weights/tensor";
import { describeWithReference, reference } from "../reference";
import { readSafetensors } from "../safetensors";
import { expectClose, numbersOf } from "./closeness";
import {
  ADAM,
  batchOf,
  floatTensor,
  INPUT_PARAMETER,
  MSE,
  networkOf,
  stateOf,
  transposed,
} from "./layerCases";

const JSON_FILE = "golden/a_pool_unpool.json";
const TENSOR_FILE = "golden/a_pool_unpool.safetensors";

const caseSchema = z.object({
  case: z.number(),
  dim: z.union([z.literal(2), z.literal(3)]),
  shape: z.array(z.number()),
  kind: z.string(),
  kernel: z.number(),
  stride: z.number(),
  pad: z.array(z.number()).optional(),
  pool_error: z.string().optional(),
  unpool_error: z.string().optional(),
});

export function describePooling(createEngine: () => Promise<Engine>): void {
  describeWithReference("ClinicaDL's pooling", [JSON_FILE, TENSOR_FILE], () => {
    const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(reference(JSON_FILE), "utf8")));
    const tensors = readSafetensors(reference(TENSOR_FILE));
    const floats = (name: string): FloatTensor => {
      const tensor = tensors.get(name)!;
      return floatTensor(tensor.shape, numbersOf(tensor));
    };

    describe("PadMaxPool", () => {
      const possible = cases.filter((each) => each.pool_error === undefined);
      it.each(possible)("case $case: $kind $shape, kernel $kernel, stride $stride", async (each) => {
        const pooled = floats(`${each.case}_y`);
        const { output, inputGradient } = await pass(
          await createEngine(),
          [padMaxPool(each)],
          floats(`${each.case}_x`),
          floats(`${each.case}_grad_y`),
        );
        expect(output.shape).toEqual(pooled.shape);
        expect(output.data.map((value) => value + 0)).toEqual(pooled.data);
        expectClose("gradient", inputGradient, floats(`${each.case}_grad_x`), 1e-6);
      });

      const impossible = cases.filter((each) => each.pool_error !== undefined);
      it.each(impossible)("refuses case $case: $shape, kernel $kernel, stride $stride", async (each) => {
        const attempt = pass(
          await createEngine(),
          [padMaxPool(each)],
          floatTensor(each.shape, zeros(each.shape)),
        );
        await expect(attempt).rejects.toThrow("does not fit");
      });
    });

    describe("CropMaxUnpool", () => {
      const fitting = cases.filter((each) => each.kernel === each.stride);
      it.each(fitting)("case $case: $kind $shape, kernel $kernel, stride $stride", async (each) => {
        const { output, inputGradient } = await pass(
          await createEngine(),
          [padMaxPool(each), cropMaxUnpool(each)],
          floats(`${each.case}_x`),
          floats(`${each.case}_grad_unpool`),
        );
        expect(output.data.map((value) => value + 0)).toEqual(floats(`${each.case}_unpool`).data);
        // What reaches the input of the unpool goes on through the pool, to where the maxima were.
        const behindPool = putBack(
          floats(`${each.case}_grad_unpool_in`),
          tensors.get(`${each.case}_indices`)!.data,
          each.shape,
          paddingBefore(each.pad!),
        );
        expectClose("gradient", inputGradient, behindPool, 1e-6);
      });

      // Their windows do not tile the padded map, so the indices miss the map that the unpool makes. PyTorch finds that
      // out by the values of the image, and now and then it goes well; the shapes alone say it beforehand.
      const misfits = cases.filter((each) => each.kernel !== each.stride && each.pool_error === undefined);
      it.each(misfits)("refuses case $case: $shape, kernel $kernel, stride $stride", async (each) => {
        const layers = [padMaxPool(each), cropMaxUnpool(each)];
        const attempt = pass(await createEngine(), layers, floats(`${each.case}_x`));
        await expect(attempt).rejects.toThrow("kernel equal to its stride");
      });
    });
  });
}

type Case = z.infer<typeof caseSchema>;

const perAxis = (dimensions: Dimensions, value: number) => Array<number>(dimensions).fill(value);
const padMaxPool = ({ dim, kernel, stride }: Case): PadMaxPool => ({
  kind: "PadMaxPool",
  dimensions: dim,
  kernel: perAxis(dim, kernel),
  stride: perAxis(dim, stride),
});
const cropMaxUnpool = (each: Case): CropMaxUnpool => ({ ...padMaxPool(each), kind: "CropMaxUnpool" });
const zeros = (shape: readonly number[]) => Array<number>(shape.reduce((a, b) => a * b, 1)).fill(0);

/** Output of `layers`, and with `outputGradient` the gradient by the input. */
async function pass(
  engine: Engine,
  layers: readonly (PadMaxPool | CropMaxUnpool)[],
  input: FloatTensor,
  outputGradient?: FloatTensor,
): Promise<{ output: FloatTensor; inputGradient?: FloatTensor }> {
  const network = networkOf(layers, input.shape);
  const weights = stateOf(network, input);
  const model = await engine.trainer(network, { objective: MSE, optimizer: ADAM, weights, dropoutSeed: 0 });
  const batch = batchOf(network, input.shape[0]!);
  const output = await model.predict(batch);
  if (outputGradient === undefined) return { output };
  // The gradient of the mean of (output - target)^2 is 2 (output - target) / n: this target makes it the wanted one.
  const half = output.data.length / 2;
  const values = output.data.map((value, index) => value - outputGradient.data[index]! * half);
  await model.accumulate({ ...batch, targets: { values } });
  const gradient = (await model.gradients()).get(INPUT_PARAMETER);
  await model.dispose();
  if (gradient?.dtype !== "float32") throw new Error("The gradient by the input is missing.");
  return { output, inputGradient: transposed(gradient) };
}

/** (before, after) pairs, last axis first, as the number of planes before each axis. */
const paddingBefore = (pad: readonly number[]) => pad.filter((_, index) => index % 2 === 0).toReversed();

/** `values` at their flat positions in the padded map of their channel, without the planes in front. */
function putBack(
  values: FloatTensor,
  indices: ArrayLike<number | bigint>,
  [samples, channels, ...spatial]: readonly number[],
  padding: readonly number[],
): FloatTensor {
  const result = floatTensor([samples!, channels!, ...spatial], zeros([samples!, channels!, ...spatial]));
  const padded = spatial.map((size, axis) => size + padding[axis]!);
  const channelLength = spatial.reduce((a, b) => a * b, 1);
  const perChannel = values.data.length / (samples! * channels!);
  values.data.forEach((value, index) => {
    const place = unravel(Number(indices[index]), padded).map((position, axis) => position - padding[axis]!);
    if (place.some((position) => position < 0)) return;
    const offset = place.reduce((flat, position, axis) => flat * spatial[axis]! + position, 0);
    result.data[Math.floor(index / perChannel) * channelLength + offset]! += value;
  });
  return result;
}

/** Position on each axis of the `flat`-th element. */
function unravel(flat: number, sizes: readonly number[]): number[] {
  let rest = flat;
  const places = sizes.toReversed().map((size) => {
    const place = rest % size;
    rest = Math.floor(rest / size);
    return place;
  });
  return places.toReversed();
}
