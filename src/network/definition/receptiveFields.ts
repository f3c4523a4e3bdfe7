import type { PerAxis } from "../shapes/axes";

/**
 * What one value of a layer's output sees of the network's input: `size` voxels along each axis (it may be larger than
 * the input, whose outside is padding), and the distance in voxels between the fields of two neighbouring values.
 */
export interface Field {
  readonly size: PerAxis;
  readonly jump: PerAxis;
}

/** Null: it sees the whole input. */
export type ReceptiveField = Field | null;

/**
 * Windows of `kernel` values, `stride` apart: Araujo, Norris and Sim (2019), "Computing receptive fields of convolutional
 * neural networks".
 */
export function windowedField({ size, jump }: Field, kernel: PerAxis, stride: PerAxis): Field {
  return {
    size: size.map((voxels, axis) => voxels + (kernel[axis]! - 1) * jump[axis]!),
    jump: jump.map((voxels, axis) => voxels * stride[axis]!),
  };
}

/** An output of a transposed convolution gathers at most ceil(kernel / stride) inputs. */
export function spreadField({ size, jump }: Field, kernel: PerAxis, stride: PerAxis): Field {
  return {
    size: size.map((voxels, axis) => voxels + (Math.ceil(kernel[axis]! / stride[axis]!) - 1) * jump[axis]!),
    jump: jump.map((voxels, axis) => voxels / stride[axis]!),
  };
}
