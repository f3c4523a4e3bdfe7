/** Transforms that move voxels: where each voxel of the result takes its value from. Those that follow each other become one. */
import { type Affine, compose, identityAffine } from "../../space/affine";
import type { Interpolation } from "../../space/sampling";
import type { ControlPoints } from "./bending";

/** What stands where the image has moved away: the smallest value of the input, that of its nearest voxel, or a number. */
export type Padding = "minimum" | "nearest" | number;

/** The voxel o of the result takes the value at `pull`(o + u(o)), in voxels, u the displacement of `bending`. */
export interface Movement {
  readonly pull: Affine;
  /** Null for u = 0. */
  readonly bending: ControlPoints | null;
  /** Null where it comes from voxel to voxel, so that any will do. */
  readonly interpolation: Interpolation | null;
  /** Null where it never leaves the input. */
  readonly padding: Padding | null;
}

export const unmoved: Movement = {
  pull: identityAffine,
  bending: null,
  interpolation: null,
  padding: null,
};

/**
 * One movement for two: the result of `second` takes its values where `first` would have taken them. Null where one resampling cannot do
 * it: after a bending, and where they interpolate or pad otherwise.
 */
export function followedBy(first: Movement, second: Movement): Movement | null {
  if (first.bending !== null) return null;
  const [interpolation, padding] = [
    shared(first.interpolation, second.interpolation),
    shared(first.padding, second.padding),
  ];
  if (interpolation === undefined || padding === undefined) return null;
  return { pull: compose(first.pull, second.pull), bending: second.bending, interpolation, padding };
}

/** The one that is given, or both where they agree; undefined where they do not. */
const shared = <Value>(one: Value | null, other: Value | null): Value | null | undefined =>
  one === null || one === other ? other : other === null ? one : undefined;
