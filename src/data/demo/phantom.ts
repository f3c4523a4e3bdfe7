/** Scans of made-up brains, for the demo and for tests: pose, bias field, noise, arbitrary intensity scale. */
import type { RandomGenerator } from "../../network/weights/random";
import type { Affine } from "../../space/affine";
import type { Triple } from "../../space/triple";
import {
  type Anatomy,
  BACKGROUND,
  type Build,
  brainSignal,
  isFarOutside,
  type Signal,
  uniform,
  waveAt,
} from "./phantomBrain";

export interface Phantom {
  readonly shape: Triple;
  readonly data: Int16Array;
  readonly affine: Affine;
}

export const PHANTOM_SHAPE = [48, 56, 48] as const;
/** Millimetres. */
const VOXEL = 3.5;
/** Millimetres of the first voxel from the middle of the brain, which lies a little behind and below the middle of the volume. */
const ORIGIN = [
  (-VOXEL * (PHANTOM_SHAPE[0] - 1)) / 2,
  (-VOXEL * (PHANTOM_SHAPE[1] - 1)) / 2 - 2,
  (-VOXEL * (PHANTOM_SHAPE[2] - 1)) / 2 - 4,
] as const;

export const phantomAffine: Affine = [
  [VOXEL, 0, 0, ORIGIN[0]],
  [0, VOXEL, 0, ORIGIN[1]],
  [0, 0, VOXEL, ORIGIN[2]],
  [0, 0, 0, 1],
];

export function scanPhantom(anatomy: Anatomy, random: RandomGenerator): Phantom {
  const [nx, ny, nz] = PHANTOM_SHAPE;
  const signal = posed(brainSignal(anatomy), anatomy.build, random);
  const bias = drawBias(random);
  const gain = uniform(random, 400, 900);
  const noise = uniform(random, 0.02, 0.04);
  const data = new Int16Array(nx * ny * nz);
  let voxel = 0;
  for (let i = 0; i < nx; i++) {
    const x = ORIGIN[0] + VOXEL * i;
    for (let j = 0; j < ny; j++) {
      const y = ORIGIN[1] + VOXEL * j;
      for (let k = 0; k < nz; k++) {
        const z = ORIGIN[2] + VOXEL * k;
        // Magnitude images have Rician noise: both channels of the receiver are noisy.
        const inPhase = signal(x, y, z) * bias(x, y, z) + noise * random.normal();
        const quadrature = noise * random.normal();
        data[voxel++] = Math.round(gain * Math.sqrt(inPhase * inPhase + quadrature * quadrature));
      }
    }
  }
  return { shape: PHANTOM_SHAPE, data, affine: phantomAffine };
}

/** A small rotation and shift, and the person's asymmetries: registration to a template is never perfect. */
function posed(signal: Signal, { scale, warp }: Build, random: RandomGenerator): Signal {
  const [a, b, c] = [0.02 * random.normal(), 0.02 * random.normal(), 0.02 * random.normal()];
  const [dx, dy, dz] = [random.normal(), random.normal(), random.normal()];
  const shift = (axis: number, x: number, y: number, z: number) =>
    0.7 * (waveAt(warp[2 * axis]!, x, y, z) + waveAt(warp[2 * axis + 1]!, x, y, z));
  return (i, j, k) => {
    const [u, v, w] = [i - dx, j - dy, k - dz];
    // Angles are a degree or two: the first order of the rotation is enough.
    const x = u - c * v + b * w;
    const y = v + c * u - a * w;
    const z = w - b * u + a * v;
    if (isFarOutside(x / scale[0], y / scale[1], z / scale[2])) return BACKGROUND;
    return signal(
      (x + shift(0, x, y, z)) / scale[0],
      (y + shift(1, x, y, z)) / scale[1],
      (z + shift(2, x, y, z)) / scale[2],
    );
  };
}

/** A smooth gain of the receiver, up to about a fifth. */
function drawBias(random: RandomGenerator): Signal {
  const slope = () => uniform(random, -0.1, 0.1) / 80;
  const [a, b, c] = [slope(), slope(), slope()];
  const d = uniform(random, -0.1, 0.1) / 80 ** 2;
  return (x, y, z) => 1 + a * x + b * y + c * z + d * (x * x + y * y + z * z);
}

/** A box that holds one hippocampus of every phantom, 1 inside: a region of interest. */
export function hippocampusMask(side: "left" | "right"): Uint8Array {
  const [nx, ny, nz] = PHANTOM_SHAPE;
  const mask = new Uint8Array(nx * ny * nz);
  const middle = [side === "right" ? 27 : -27, -17, -17] as const;
  const first = (axis: 0 | 1 | 2) =>
    Math.round((middle[axis] - ORIGIN[axis]) / VOXEL - (HIPPOCAMPUS_BOX[axis] - 1) / 2);
  const [x, y, z] = [first(0), first(1), first(2)];
  for (let i = x; i < x + HIPPOCAMPUS_BOX[0]; i++) {
    for (let j = y; j < y + HIPPOCAMPUS_BOX[1]; j++) {
      const row = (i * ny + j) * nz;
      mask.fill(1, row + z, row + z + HIPPOCAMPUS_BOX[2]);
    }
  }
  return mask;
}

/** Voxels. */
const HIPPOCAMPUS_BOX = [12, 18, 12] as const;
