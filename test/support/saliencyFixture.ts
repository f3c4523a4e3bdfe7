/**
 * What PyTorch says of two small CNNs: its autograd (test/fixtures/saliency/make.py made it and says what it holds), and the attributions that
 * are made of it (attributions.py beside it).
 */
import type { LayerList } from "../../src/network/building/customArchitecture";
import type { FloatTensor, StateDict } from "../../src/network/weights/tensor";
import { fixture } from "./fixturePath";
import { readSafetensors } from "./safetensors";
import { block } from "./smallLayers";

const tensors = readSafetensors(fixture("saliency/saliency.safetensors"));

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

const made = readSafetensors(fixture("saliency/attributions.safetensors"));

export const autograd = (name: string) => of(tensors, name);
export const attributions = (name: string) => of(made, name);

function of(kept: StateDict, name: string): FloatTensor {
  const tensor = kept.get(name);
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
