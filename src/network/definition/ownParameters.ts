/** What a layer has in the state dict, and what it begins with: PyTorch's defaults. */
import { elementCount, type Tensor } from "../weights/tensor";

/** One entry of the state dict of a layer. */
export interface OwnParameter {
  /** Within the layer: "weight". */
  readonly name: string;
  /** PyTorch's shape; [] for a scalar. */
  readonly shape: readonly number[];
  readonly dtype: Exclude<Tensor["dtype"], "float64">;
  /** A parameter learns by gradient; a buffer (running statistics) does not. */
  readonly kind: "parameter" | "buffer";
  readonly initial: InitialValues;
}

/** One value everywhere, or drawn uniformly between -bound and bound, one draw per value. */
export type InitialValues =
  | { readonly kind: "constant"; readonly value: number }
  | {
      readonly kind: "uniform";
      readonly bound: number;
      /** A convolution: outputs that one of its inputs reaches, which ResNets draw by instead. */
      readonly fanOut?: number;
    };

/** Weight of the shape [out, in, ...kernel], or [in, out, ...] of a transposed convolution, as torch's reset_parameters. */
export function drawnWeight(
  shape: readonly number[],
  biasSize: number | undefined,
  fanOut?: number,
): OwnParameter[] {
  // Inputs of one output, as torch counts them: all axes of the weight but the first.
  const fanIn = elementCount(shape.slice(1));
  const drawn = {
    kind: "uniform",
    bound: kaimingBound(fanIn),
    ...(fanOut === undefined ? {} : { fanOut }),
  } as const;
  const weight = parameter("weight", shape, drawn);
  if (biasSize === undefined) return [weight];
  return [weight, parameter("bias", [biasSize], { kind: "uniform", bound: 1 / Math.sqrt(fanIn) })];
}

/** Weight 1 and bias 0 of a norm. */
export function identityScale(channels: number): OwnParameter[] {
  return [
    parameter("weight", [channels], { kind: "constant", value: 1 }),
    parameter("bias", [channels], { kind: "constant", value: 0 }),
  ];
}

export function buffer(
  name: string,
  shape: readonly number[],
  value: number,
  dtype: OwnParameter["dtype"] = "float32",
): OwnParameter {
  return { name, shape, dtype, kind: "buffer", initial: { kind: "constant", value } };
}

function parameter(name: string, shape: readonly number[], initial: InitialValues): OwnParameter {
  return { name, shape, dtype: "float32", kind: "parameter", initial };
}

/** torch.nn.init.kaiming_uniform_ with a = sqrt(5) (He et al., 2015), with its order of roundings. */
function kaimingBound(fanIn: number): number {
  const gain = Math.sqrt(2 / (1 + Math.sqrt(5) ** 2));
  return Math.sqrt(3) * (gain / Math.sqrt(fanIn));
}
