import { expect, it } from "vitest";
import { buildNetwork } from "../../../src/network/building/build";
import { operationsOf } from "../../../src/network/shapes/operations";

const request = { outputSize: 2, dropout: 0, latentSpaceSize: 1 } as const;

it("counts the multiply-adds of convolutions and linear layers, the first without the gradient by its input", () => {
  const network = buildNetwork({
    ...request,
    architecture: "Conv5_FC3",
    inputSize: [1, 50, 50, 50],
    task: "classification",
  });
  // Maps of 50, 25, 13, 7 and 4 voxels a side; 128 channels of 2^3 voxels go into 1300, 50 and 2.
  const first = 50 ** 3 * 8 * 27;
  const others = 27 * (25 ** 3 * 8 * 16 + 13 ** 3 * 16 * 32 + 7 ** 3 * 32 * 64 + 4 ** 3 * 64 * 128);
  const linear = 1024 * 1300 + 1300 * 50 + 50 * 2;
  const forward = first + others + linear;
  expect(operationsOf(network, 8)).toEqual({ answer: 16 * forward, step: 16 * (3 * forward - first) });
});

it("counts a transposed convolution as the convolution that it goes back through", () => {
  const network = buildNetwork({
    ...request,
    architecture: {
      convolutions: [
        {
          layer: "Conv",
          out_channels: 4,
          kernel_size: 3,
          stride: 2,
          padding: 1,
          dilation: 1,
          groups: 1,
          bias: true,
        },
      ],
    },
    inputSize: [2, 8, 6],
    task: "reconstruction",
  });
  const convolution = 4 * 3 * 4 * 2 * 9;
  expect(operationsOf(network, 1).answer).toBe(2 * 2 * convolution);
});
