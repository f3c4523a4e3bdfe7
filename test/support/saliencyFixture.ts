/** What PyTorch's autograd says of two small CNNs; test/fixtures/saliency/make.py made it and says what it holds. */
import type { LayerList } from "../../src/network/building/customArchitecture";
import type { FloatTensor, StateDict } from "../../src/network/weights/tensor";
import { fixture } from "./folder";
import { readSafetensors } from "./safetensors";

const tensors = readSafetensors(fixture("saliency/saliency.safetensors"));

const block = (channels: number) =>
  [
    {
      layer: "Conv",
      out_channels: channels,
      kernel_size: 3,
      stride: 1,
      padding: 1,
      dilation: 1,
      groups: 1,
      bias: true,
    },
    { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 },
    { layer: "ReLU" },
    { layer: "PadMaxPool", kernel_size: 2 },
  ] as const;

export const explained = {
  architecture: {
    convolutions: [...block(4), ...block(6)],
    fc: [
      { layer: "Flatten" },
      { layer: "Linear", out_features: 5, bias: true },
      { layer: "ReLU" },
      { layer: "Linear", bias: true },
    ],
  } satisfies LayerList,
  outputs: 3,
  networks: ["volume", "slice"],
  nodes: [0, 2],
  levels: [4, 7, 8],
} as const;

export function autograd(name: string): FloatTensor {
  const tensor = tensors.get(name);
  if (tensor?.dtype !== "float32") throw new Error(`The fixture has no ${name}.`);
  return tensor;
}

export function stateOf(network: string): StateDict {
  const prefix = `${network}.state.`;
  return new Map(
    [...tensors].flatMap(([name, tensor]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
    ),
  );
}
