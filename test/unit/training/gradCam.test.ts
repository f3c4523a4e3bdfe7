import { describe, expect, it } from "vitest";
import type { FloatTensor } from "../../../src/network/weights/tensor";
import { enlarge, gradCam } from "../../../src/training/explanation/gradCam";
import { expectClose } from "../../support/engineSuite/closeness";
import { autograd, explained } from "../../support/saliencyFixture";

const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5));

describe("enlarge", () => {
  it("is torch's bilinear interpolation with aligned corners", () => {
    const enlarged = enlarge(Float32Array.of(0, 1, 4, 2, -3, 5), [2, 3], [5, 4]);
    expect([...enlarged]).toEqual(
      close([
        0,
        2 / 3,
        2,
        4,
        0.5,
        1 / 6,
        17 / 12,
        4.25,
        1,
        -1 / 3,
        5 / 6,
        4.5,
        1.5,
        -5 / 6,
        0.25,
        4.75,
        2,
        -4 / 3,
        -1 / 3,
        5,
      ]),
    );
  });

  it("is torch's trilinear interpolation with aligned corners", () => {
    const squares = Float32Array.from({ length: 8 }, (_, i) => i * i);
    expect([...enlarge(squares, [2, 2, 2], [3, 2, 5])]).toEqual(
      close([
        0, 0.25, 0.5, 0.75, 1, 4, 5.25, 6.5, 7.75, 9, 8, 9.25, 10.5, 11.75, 13, 20, 22.25, 24.5, 26.75, 29,
        16, 18.25, 20.5, 22.75, 25, 36, 39.25, 42.5, 45.75, 49,
      ]),
    );
  });

  it("repeats a single entry", () => {
    expect([...enlarge(Float32Array.of(3), [1, 1], [2, 2])]).toEqual([3, 3, 3, 3]);
  });
});

describe("gradCam", () => {
  for (const network of explained.networks) {
    it(`is what PyTorch makes of features and gradients, enlarged to the input: ${network}`, () => {
      const size = autograd(`${network}.input`).shape.slice(2);
      for (const node of explained.nodes) {
        for (const level of explained.levels) {
          const features = autograd(`${network}.features.${level}`);
          const slopes = autograd(`${network}.slopes.${level}.${node}`);
          const expected = autograd(`${network}.cam.${level}.${node}`);
          const [samples = 0, ...shape] = features.shape;
          for (let sample = 0; sample < samples; sample++) {
            const own = ({ data }: FloatTensor) =>
              data.subarray((sample * data.length) / samples, ((sample + 1) * data.length) / samples);
            const map = gradCam(own(features), own(slopes), shape, size);
            expectClose(
              `level ${level}, answer ${node}, sample ${sample}`,
              { dtype: "float32", shape: size, data: map },
              { dtype: "float32", shape: size, data: own(expected) },
              1e-5,
            );
          }
        }
      }
    });
  }

  it("weighs each feature by its mean gradient over all places, and drops what is negative", () => {
    // Two features of 2 x 2; mean gradients 1 and -2.
    const activations = Float32Array.of(1, 2, 3, 4, 0, 1, 0, 5);
    const gradients = Float32Array.of(4, 0, 0, 0, -2, -2, -2, -2);
    const map = gradCam(activations, gradients, [2, 2, 2], [2, 2]);
    expect([...map]).toEqual([0.5, 0, 1.5, 0]);
  });
});
