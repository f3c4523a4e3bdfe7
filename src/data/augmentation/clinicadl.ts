/**
 * ClinicaDL's transforms, by the names of `data_augmentation`: Noise, Erasing, CropPad and Smoothing are its own, the others those
 * of torchio with ClinicaDL's parameters. Each changes every training sample and says what it drew.
 */
import type { AUGMENTATIONS } from "../../experiment/schema/schema";
import type { RandomGenerator } from "../../network/weights/random";
import { identityAffine } from "../../space/affine";
import { AXES, type Triple, tripleOf } from "../../space/triple";
import { cropPad, type DrawnCropPad } from "./cropPad";
import { anyAxis, forEachAxis, uniform } from "./drawing";
import type { Grid } from "./grid";
import type { InputFrame } from "./kind";
import { biasField, type DrawnBiasField, powersUpTo } from "./kinds/biasField";
import { blur, type DrawnBlur } from "./kinds/blur";
import { type DrawnErasing, erasing } from "./kinds/erasing";
import { type DrawnGhosting, ghosting } from "./kinds/ghosting";
import { type DrawnMotion, motion } from "./kinds/motion";
import { addNoise } from "./kinds/noise";
import { anyFrequency, type DrawnSpike, spike } from "./kinds/spike";
import { type DrawnSwap, swap } from "./kinds/swap";
import { type DrawnSmoothing, smooth } from "./smoothing";

export type TransformName = (typeof AUGMENTATIONS)[number];

/** ClinicaDL draws the noise of each voxel from the stream of all transforms: there is no seed that could be told. */
interface DrawnClinicadlNoise {
  readonly kind: "clinicadl_noise";
  readonly std: number;
}

export type ClinicadlDrawn =
  | DrawnClinicadlNoise
  | DrawnErasing
  | DrawnCropPad
  | DrawnSmoothing
  | DrawnMotion
  | DrawnGhosting
  | DrawnSpike
  | DrawnBiasField
  | DrawnBlur
  | DrawnSwap;

/** Changes `values` in place. @returns what was drawn; null where chance left the input as it is */
type Transform = (values: Float32Array, grid: Grid, random: RandomGenerator) => ClinicadlDrawn | null;

export const CLINICADL_TRANSFORMS: Readonly<Record<TransformName, Transform>> = {
  /** Adds N(0, sigma), sigma ~ U(0, 0.1). */
  Noise(values, _, random) {
    const std = uniform(random, 0, 0.1);
    addNoise(values, std, random);
    return { kind: "clinicadl_noise", std };
  },

  Erasing(values, grid, random) {
    const drawn = drawErasing(grid, random);
    if (drawn !== null) erasing.apply(values, grid, drawn);
    return drawn;
  },

  /** Shifts by a whole number of voxels from -10 to 9 along each axis; what enters is 0. The last axis is drawn first. */
  CropPad(values, grid, random) {
    const shift: [number, number, number] = [0, 0, 0];
    for (const axis of [...grid.axes].reverse()) shift[axis] = random.integer(20) - 10;
    const drawn = { kind: "crop_pad", shift } as const;
    cropPad(values, grid, drawn);
    return drawn;
  },

  Smoothing(values, grid, random) {
    const drawn = { kind: "smoothing", sigma: uniform(random, 0, 1) } as const;
    smooth(values, grid, drawn);
    return drawn;
  },

  /** Two movements, after about one and two thirds of k-space: rotations of 2 to 4 degrees, translations of 2 to 4 voxels. */
  Motion(values, grid, random) {
    const drawn = drawMotion(grid, random);
    motion.apply(values, grid, drawn);
    return drawn;
  },

  /** Every n-th plane, n from 4 to 10, by half or more; 2 % in the middle stay. */
  Ghosting(values, grid, random) {
    const ghosts = 4 + random.integer(7);
    const axis = anyAxis(random, grid);
    const intensity = uniform(random, 0.5, 1);
    const drawn = { kind: "ghosting", ghosts, axis, intensity, centre: 0.02 } as const;
    ghosting.apply(values, grid, drawn);
    return drawn;
  },

  /** One spike at a random place, 1 to 3 times as strong as the maximum of k-space. */
  Spike(values, grid, random) {
    const intensity = uniform(random, 1, 3);
    const drawn = { kind: "spike", intensity, frequencies: [anyFrequency(random, grid)] } as const;
    spike.apply(values, grid, drawn);
    return drawn;
  },

  /** Order 3, coefficients ~ U(-0.5, 0.5). */
  BiasField(values, grid, random) {
    const order = 3;
    const coefficients = powersUpTo(order).map(() => uniform(random, -0.5, 0.5));
    const drawn = { kind: "bias_field", order, coefficients } as const;
    biasField.apply(values, grid, drawn);
    return drawn;
  },

  /** Sigma ~ U(0, 2) voxels for each axis. */
  RandomBlur(values, grid, random) {
    const drawn = { kind: "blur", sigma: forEachAxis(random, grid, [0, 2], 0) } as const;
    blur.apply(values, grid, drawn);
    return drawn;
  },

  /** Two cubes of 15 voxels, a hundred times. */
  RandomSwap(values, grid, random) {
    const drawn = swap.draw({ size: 15, exchanges: 100 }, { grid, ...FRAME }, random);
    swap.apply(values, grid, drawn);
    return drawn;
  },
};

/** ClinicaDL's transforms know no millimetres. */
const VOXEL: Triple = [1, 1, 1];
const FRAME: InputFrame = { voxelSize: VOXEL, affine: identityAffine, worldAxes: AXES };

/**
 * torchvision's RandomErasing with its defaults: with probability 1/2 a rectangle of the last two axes, 2 to 33 % of their area
 * and 0.3 to 3.3 in proportion, becomes 0 in every plane.
 */
function drawErasing({ axes, size }: Grid, random: RandomGenerator): DrawnErasing | null {
  if (random.uniform() >= 0.5) return null;
  const [vertical, horizontal] = axes.slice(-2) as [number, number];
  const [height, width] = [size[vertical]!, size[horizontal]!];
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = height * width * uniform(random, 0.02, 0.33);
    const proportion = Math.exp(uniform(random, Math.log(0.3), Math.log(3.3)));
    const h = Math.round(Math.sqrt(area * proportion));
    const w = Math.round(Math.sqrt(area / proportion));
    if (h >= height || w >= width) continue;
    const top = random.integer(height - h + 1);
    const left = random.integer(width - w + 1);
    const ofAxis = (onFirst: number, onSecond: number, whole: (axis: number) => number) =>
      tripleOf((axis) => (axis === vertical ? onFirst : axis === horizontal ? onSecond : whole(axis)));
    const cuboid = { corner: ofAxis(top, left, () => 0), size: ofAxis(h, w, (axis) => size[axis]!) };
    return { kind: "erasing", cuboids: [cuboid], fill: 0 };
  }
  return null;
}

function drawMotion(grid: Grid, random: RandomGenerator): DrawnMotion {
  const axis = anyAxis(random, grid);
  const times = [1 / 3 + uniform(random, -0.1, 0.1), 2 / 3 + uniform(random, -0.1, 0.1)];
  const flat = grid.axes.length === 2;
  const positions = times.map(() => {
    const degrees = tripleOf(() => uniform(random, 2, 4));
    const translation = tripleOf(() => uniform(random, 2, 4));
    return flat
      ? ({ degrees: [0, 0, degrees[2]], translation: [translation[0], translation[1], 0] } as const)
      : { degrees, translation };
  });
  return { kind: "motion", axis, times, positions, voxelSize: VOXEL };
}
