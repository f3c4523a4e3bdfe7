import { describe, expect, it } from "vitest";
import type { CropMaxUnpool } from "../../../src/network/layers/cropMaxUnpool";
import type { PadMaxPool } from "../../../src/network/layers/padMaxPool";
import type { Autoencoder } from "../../../src/network/network";
import type { Dimensions } from "../../../src/network/shapes/axes";
import { adaptivePadding, paddingTuple } from "../../../src/network/shapes/padding";
import { outputShape, ShapeError, traceShapes } from "../../../src/network/shapes/shape";
import cases from "../../fixtures/network/a_pool_unpool.json";

/** PyTorch checks the indices that it meets, so some data slips through sizes that cannot work; Gyrus refuses the sizes. */
const ACCEPTED_BY_LUCK = [16, 37, 58];

describe("PadMaxPool and CropMaxUnpool against ClinicaDL's", () => {
  for (const { case: number, dim, shape, kernel, stride, pad, ...outcome } of cases) {
    const input = shape.slice(1);
    const { pool, network } = poolAndUnpool(dim === 2 ? 2 : 3, input, kernel, stride);

    if ("pool_error" in outcome) {
      it(`case ${number}: refuses the pool as PyTorch does`, () => {
        expect(() => outputShape(pool, input)).toThrow(ShapeError);
      });
      continue;
    }

    it(`case ${number}: pads ${input.join("x")} for stride ${stride}`, () => {
      expect(paddingTuple(adaptivePadding(input.slice(1), pool.stride))).toEqual(pad);
    });

    if ("unpool_error" in outcome || ACCEPTED_BY_LUCK.includes(number))
      it(`case ${number}: refuses indices of a padded map that the unpool does not make`, () => {
        expect(() => traceShapes(network)).toThrow(/point into its padded input.*multiple/);
      });
    else
      it(`case ${number}: unpools to ${outcome.unpool_shape}`, () => {
        expect(traceShapes(network).at(-1)?.output).toEqual(outcome.unpool_shape?.slice(1));
      });
  }
});

function poolAndUnpool(dimensions: Dimensions, inputSize: readonly number[], kernel: number, stride: number) {
  const everywhere = (size: number) => Array.from({ length: dimensions }, () => size);
  const pool: PadMaxPool = {
    kind: "PadMaxPool",
    dimensions,
    kernel: everywhere(kernel),
    stride: everywhere(stride),
  };
  const unpool: CropMaxUnpool = { ...pool, kind: "CropMaxUnpool" };
  const network: Autoencoder = {
    family: "autoencoder",
    architecture: "custom",
    inputSize,
    encoder: [{ name: "0", layer: pool }],
    decoder: [{ name: "0", layer: unpool }],
  };
  return { pool, network };
}
