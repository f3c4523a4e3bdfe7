/** The voxels of a layer where those of the image lie. */
import {
  type Affine,
  compose,
  identityAffine,
  inverse,
  isInvertible,
  toWorld,
} from "../../../src/space/affine";
import { cornersOf } from "../../../src/space/grid";
import { pullSamples } from "../../../src/space/resample";
import { type Interpolation, type Sampler, samplerOf } from "../../../src/space/sampling";
import { AXES, type Axis, type Triple, tripleOf } from "../../../src/space/triple";
import { fileStrides, replaceAxis, type Volume, valueAt } from "./volume";

/** An image on its own grid; x fastest, as files keep it. */
export interface PlacedVolume {
  readonly volume: Volume;
  readonly affine: Affine;
}

/** Grids that are nowhere farther apart, in voxels of the layer, are one. */
const SAME_GRID = 0.01;

/**
 * Gives slices of a layer on the grid of the image beneath it, by both affines, as nibabel's `resample_from_to` would: slice by
 * slice, for only a few are looked at. Of a layer on the same grid nothing is computed.
 */
export class LayerSource {
  readonly volume: Volume;
  readonly affine: Affine;
  readonly #size: Triple;
  /** From a voxel of the image to a point of the layer, in voxels. */
  readonly #pull: Affine;
  readonly #same: boolean;
  #values: Float32Array | null = null;
  readonly #samplers = new Map<Interpolation, Sampler>();

  /** `image`: the grid of the image. Where an affine gives no place, voxel lies on voxel. */
  constructor({ volume, affine }: PlacedVolume, image: { readonly size: Triple; readonly affine: Affine }) {
    this.volume = volume;
    this.affine = affine;
    this.#size = image.size;
    const placed = isInvertible(affine) && isInvertible(image.affine);
    this.#pull = placed ? compose(inverse(affine), image.affine) : identityAffine;
    this.#same =
      AXES.every((axis) => volume.size[axis] === image.size[axis]) &&
      cornersOf(image.size).every((corner) => {
        const there = toWorld(this.#pull, corner);
        return AXES.every((axis) => Math.abs(there[axis] - corner[axis]) < SAME_GRID);
      });
  }

  /**
   * The slice `index` of the image through `through`: a volume of the image's size but along `through`, where it is one voxel
   * thick or as thick as the image (then `index` is in it). NaN outside of the layer.
   */
  slice(through: Axis, index: number, interpolation: Interpolation): Volume {
    if (this.#same) return this.volume;
    const size = replaceAxis(this.#size, through, 1);
    const start: Triple = tripleOf((axis) => (axis === through ? index : 0));
    return {
      size,
      strides: fileStrides(size),
      data: this.#pulled(start, size, interpolation),
      slope: 1,
      intercept: 0,
    };
  }

  /** Value at a voxel of the image; NaN outside of the layer. */
  at(voxel: Triple, interpolation: Interpolation): number {
    if (this.#same) return valueAt(this.volume, voxel);
    return this.#pulled(voxel, [1, 1, 1], interpolation)[0]!;
  }

  /** Files keep x fastest and samplers z: both are right when all axes are taken in the other order. */
  #pulled(start: Triple, size: Triple, interpolation: Interpolation): Float32Array {
    const pull = reversedAxes(this.#pull, toWorld(this.#pull, start));
    const shape = reversed(this.volume.size);
    return pullSamples(this.#sampler(interpolation, shape), shape, reversed(size), pull, Number.NaN);
  }

  #sampler(interpolation: Interpolation, shape: Triple): Sampler {
    const known = this.#samplers.get(interpolation);
    if (known !== undefined) return known;
    const { data, slope, intercept } = this.volume;
    this.#values ??= Float32Array.from(data, (stored) => slope * stored + intercept);
    const sampler = samplerOf(interpolation, this.#values, shape);
    this.#samplers.set(interpolation, sampler);
    return sampler;
  }
}

const reversed = ([x, y, z]: Triple): Triple => [z, y, x];

/** An affine for indices in the order z, y, x on both sides, that takes 0, 0, 0 to `origin` (x, y, z). */
const reversedAxes = (affine: Affine, origin: Triple): Affine => [
  ...AXES.map((row) => {
    const [x = 0, y = 0, z = 0] = affine[2 - row] ?? [];
    return [z, y, x, reversed(origin)[row]];
  }),
  [0, 0, 0, 1],
];
