/**
 * A made-up brain as a T1 image would show it: soft-edged ellipsoids in millimetres about its middle (x to the right, y
 * forwards, z upwards), painted one over the other. White matter has signal 1.
 */
import type { RandomGenerator } from "../../network/weights/random";

/** What a person keeps from one session to the next, apart from disease. */
export interface Build {
  /** Of the head, along x, y, z. */
  readonly scale: readonly [number, number, number];
  /** Folds of the cortex. */
  readonly folds: readonly Wave[];
  /** Smooth asymmetries; two waves for each axis. */
  readonly warp: readonly Wave[];
}

export interface Wave {
  readonly fx: number;
  readonly fy: number;
  readonly fz: number;
  readonly phase: number;
}

/** What makes one brain differ from another. */
export interface Anatomy {
  readonly build: Build;
  /** Of the axes of the ventricles; 1 is usual. */
  readonly ventricles: number;
  /** Of the axes of the hippocampi. */
  readonly hippocampi: number;
  /** Millimetres that the furrows of the cortex are wider than usual. */
  readonly furrows: number;
}

export type Signal = (x: number, y: number, z: number) => number;

/** Tissue whose border runs through a voxel has a share of it. Millimetres. */
const SOFT_EDGE = 3.5;

export const BACKGROUND = 0.02;
const SCALP = 0.78;
const MUSCLE = 0.4;
const BONE = 0.12;
const CSF = 0.28;
const GREY = 0.66;
const DEEP_GREY = 0.72;
const WHITE = 1;

export const uniform = (random: RandomGenerator, low: number, high: number) =>
  low + (high - low) * random.uniform();

/** Head size, cortical folds and asymmetries of one person. */
export function drawBuild(random: RandomGenerator): Build {
  const size = 1 + 0.02 * random.normal();
  const axis = () => size * (1 + 0.015 * random.normal());
  return {
    scale: [axis(), axis(), axis()],
    folds: drawWaves(random, 10, 13, 24),
    warp: drawWaves(random, 6, 70, 140),
  };
}

/** Waves in random directions, with lengths between `shortest` and `longest` millimetres. */
function drawWaves(random: RandomGenerator, count: number, shortest: number, longest: number): Wave[] {
  return Array.from({ length: count }, () => {
    const [x, y, z] = [random.normal(), random.normal(), random.normal()];
    const cycles = (2 * Math.PI) / uniform(random, shortest, longest) / Math.hypot(x, y, z);
    return { fx: x * cycles, fy: y * cycles, fz: z * cycles, phase: uniform(random, 0, 2 * Math.PI) };
  });
}

export const waveAt = (wave: Wave, x: number, y: number, z: number) =>
  Math.sin(wave.fx * x + wave.fy * y + wave.fz * z + wave.phase);

interface Ellipsoid {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly ax: number;
  readonly ay: number;
  readonly az: number;
}

const ellipsoid = (x: number, y: number, z: number, ax: number, ay: number, az: number): Ellipsoid => ({
  x,
  y,
  z,
  ax,
  ay,
  az,
});

const HEAD = ellipsoid(0, -2, -4, 78, 96, 84);
const SKULL = ellipsoid(0, 0, 5, 68, 84, 66);
const CEREBRUM = ellipsoid(0, 0, 8, 63, 79, 57);
const CEREBELLUM = ellipsoid(18, -46, -36, 26, 25, 19);
const BRAIN_STEM = ellipsoid(0, -20, -42, 11, 12, 34);
const THALAMUS = ellipsoid(11, -14, 8, 8, 14, 8);
const PUTAMEN = ellipsoid(25, 4, 3, 6, 17, 10);
const CAUDATE = ellipsoid(14, 18, 10, 5, 12, 9);
/** Holds the hippocampus, and fluid where that has shrunk. */
const TEMPORAL_HORN = ellipsoid(28, -17, -16, 8, 20, 8);

/** How much of a voxel lies inside a surface that is `distance` millimetres away (positive inside). */
const share = (distance: number) => Math.min(1, Math.max(0, 0.5 + distance / SOFT_EDGE));
const blend = (under: number, over: number, amount: number) => under + (over - under) * amount;

/** Millimetres to the surface of an ellipsoid, positive inside; exact for a sphere, fair for the others near the surface. */
function inside(x: number, y: number, z: number, { x: cx, y: cy, z: cz, ax, ay, az }: Ellipsoid): number {
  const dx = x - cx;
  const dy = y - cy;
  const dz = z - cz;
  const square = (dx / ax) ** 2 + (dy / ay) ** 2 + (dz / az) ** 2;
  // Far away only the sign matters.
  if (square > 4) return -2 * SOFT_EDGE;
  const radius = Math.sqrt(square);
  if (radius === 0) return Math.min(ax, ay, az);
  return (Math.sqrt(dx * dx + dy * dy + dz * dz) * (1 - radius)) / radius;
}

/** Whether a point is air, and would be so if it were some millimetres elsewhere. */
export const isFarOutside = (x: number, y: number, z: number): boolean =>
  inside(x, y, z, HEAD) < -2 * SOFT_EDGE;

/** The signal of one brain at any point. */
export function brainSignal(anatomy: Anatomy): Signal {
  const deep = deepStructures(anatomy);
  return (x, y, z) => {
    const head = inside(x, y, z, HEAD);
    if (head < -SOFT_EDGE) return BACKGROUND;
    const skull = inside(x, y, z, SKULL);
    let value = blend(BACKGROUND, MUSCLE, share(head));
    value = blend(value, SCALP, share(head) * share(4 - head));
    value = blend(value, BONE, share(skull + 6));
    if (skull < -SOFT_EDGE) return value;
    value = blend(value, CSF, share(skull));
    // Both halves are alike but for their folds: one side is drawn, the point is mirrored.
    const side = Math.abs(x);
    if (z < 0) value = cerebellum(value, side, y, z);
    value = cerebrum(value, x, y, z, anatomy);
    return skull < 18 ? value : deep(value, side, y, z);
  };
}

function cerebellum(under: number, side: number, y: number, z: number): number {
  const body = inside(side, y, z, CEREBELLUM);
  const folia = 0.5 + 0.5 * Math.sin(0.9 * z + 0.25 * y);
  let value = blend(under, GREY + 0.06 * folia, share(body));
  value = blend(value, WHITE, share(body - 8) * 0.8);
  return blend(value, 0.95 * WHITE, share(inside(side, y, z, BRAIN_STEM)));
}

/** White matter under a folded ribbon of grey; the furrows between the folds and between the halves hold fluid. */
function cerebrum(under: number, x: number, y: number, z: number, { build, furrows }: Anatomy): number {
  const depth = inside(x, y, z, CEREBRUM);
  if (depth < -SOFT_EDGE) return under;
  let value = WHITE;
  if (depth < 22) {
    let fold = 0;
    for (const wave of build.folds) fold += waveAt(wave, x, y, z);
    fold /= Math.sqrt(build.folds.length / 2);
    const furrow = 2.4 * fold - 2.6 + furrows - 0.35 * Math.max(0, depth - 5);
    value = blend(under, GREY, share(depth));
    value = blend(value, WHITE, share(depth - 8 - 4 * fold));
    value = blend(value, CSF, share(furrow) * share(depth));
  }
  const fissure = share(1.2 + 0.4 * furrows - Math.abs(x)) * share(26 - depth);
  return blend(value, CSF, fissure * share(depth));
}

/** Grey nuclei, ventricles, and hippocampi that fill the temporal horns the less, the more they have shrunk. */
function deepStructures({ ventricles, hippocampi }: Anatomy) {
  const cavity = (x: number, y: number, z: number, ax: number, ay: number, az: number) =>
    ellipsoid(x, y, z, ax * ventricles, ay * (0.7 + 0.3 * ventricles), az * ventricles);
  const cavities = [
    cavity(8, 24, 12, 5.5, 15, 7),
    cavity(10, -4, 18, 6, 26, 6),
    cavity(20, -36, 10, 7, 15, 9),
    ellipsoid(0, -6, 3, 2.2 * ventricles, 12, 9),
  ];
  const nuclei = [THALAMUS, PUTAMEN, CAUDATE];
  const hippocampus = ellipsoid(26, -17, -17, 8 * hippocampi, 20 * hippocampi, 8 * hippocampi);
  const deepest = (x: number, y: number, z: number, shapes: readonly Ellipsoid[]) => {
    let depth = -2 * SOFT_EDGE;
    for (const shape of shapes) depth = Math.max(depth, inside(x, y, z, shape));
    return depth;
  };
  return (under: number, side: number, y: number, z: number): number => {
    let value = blend(under, DEEP_GREY, share(deepest(side, y, z, nuclei)));
    value = blend(value, CSF, share(deepest(side, y, z, cavities)));
    value = blend(value, CSF, share(inside(side, y, z, TEMPORAL_HORN)));
    return blend(value, DEEP_GREY, share(inside(side, y, z, hippocampus)));
  };
}
