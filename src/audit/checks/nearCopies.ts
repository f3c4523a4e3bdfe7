/**
 * Scans of two people that look alike as two people do not: the same scan with noise, interpolated, rescaled or processed twice.
 *
 * Brains in one space resemble each other from afar, so what is compared are details: a signature of 16x16x16 blocks, each less the
 * mean of its neighbourhood. A pair is told of when its correlation is above `LEAST`, and far above what is usual between people of
 * this study (`DEVIATIONS` robust standard deviations of Fisher's z): how alike people are depends on the sequence and the
 * registration. docs/audit.md says what this was measured on.
 */
import { CELLS } from "../../data/nifti/voxelFacts";
import { imageName } from "../../data/sources/nameImage";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import type { Check } from "../check";
import { crossSets, personOf, type Scan, type Study } from "../study";

/** A warning: what it finds must be looked at. */
export const nearCopies: Check = { needs: "voxels", accepted: null, find };

/** Correlation of details from which a pair may be one of copies. */
const LEAST = 0.93;
/** How far above the median pair it must stand, in robust standard deviations. */
const DEVIATIONS = 5;
/** Pairs by which the study says what is usual. */
const SAMPLED = 20_000;
/** Fewer say nothing of what is usual. */
const FEWEST = 10;

interface Details {
  readonly scan: Scan;
  /** Mean 0, length 1. */
  readonly values: Float32Array;
}

interface Pair {
  readonly one: Scan;
  readonly other: Scan;
  readonly correlation: number;
}

function find(study: Study): Problem[] {
  const seen = new Set<string>();
  const details = study.scans.flatMap((scan): Details[] => {
    if (scan.voxels === null || seen.has(scan.voxels.fingerprint)) return [];
    const values = detailsOf(scan.voxels.signature);
    // Of several equal scans one is enough; one without details resembles nothing.
    seen.add(scan.voxels.fingerprint);
    return values === null ? [] : [{ scan, values }];
  });
  const { median, least } = usual(details);
  const pairs = alike(details, least);
  const [most, fewest] = [pairs[0], pairs.at(-1)];
  if (most === undefined || fewest === undefined) return [];
  const crossing = pairs.filter(({ one, other }) => crossSets(one, other)).length;
  const place = { file: study.experiment.caps_directory, key: "caps_directory" };
  return [
    warning("audit.near-copies", place, {
      count: pairs.length,
      least: fewest.correlation.toFixed(3),
      most: most.correlation.toFixed(3),
      typical: median.toFixed(3),
      names: some(pairs.map(({ one, other }) => `${imageName(one)} = ${imageName(other)}`)),
      crossing: crossing || null,
    }),
  ];
}

/** Pairs of different people whose correlation is `least` or more, the most alike first. */
function alike(details: readonly Details[], least: number): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const [i, one] of details.entries()) {
    for (let j = i + 1; j < details.length; j++) {
      const other = details[j]!;
      const correlation = correlationFrom(least, one.values, other.values);
      if (correlation !== null && personOf(one.scan) !== personOf(other.scan))
        pairs.push({ one: one.scan, other: other.scan, correlation });
    }
  }
  return pairs.sort((a, b) => b.correlation - a.correlation);
}

/** The usual correlation between two people of the study, and that from which a pair is told of. */
function usual(details: readonly Details[]): { readonly median: number; readonly least: number } {
  const count = (details.length * (details.length - 1)) / 2;
  const step = Math.max(1, Math.floor(count / SAMPLED));
  const values: number[] = [];
  let place = 0;
  for (const [i, one] of details.entries()) {
    for (let j = i + 1; j < details.length; j++, place++) {
      if (place % step !== 0 || personOf(one.scan) === personOf(details[j]!.scan)) continue;
      values.push(Math.atanh(Math.min(0.999_999, product(one.values, details[j]!.values))));
    }
  }
  const middle = medianOf(values);
  if (values.length < FEWEST) return { median: Math.tanh(middle), least: LEAST };
  const deviation = 1.4826 * medianOf(values.map((value) => Math.abs(value - middle)));
  return { median: Math.tanh(middle), least: Math.max(LEAST, Math.tanh(middle + DEVIATIONS * deviation)) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Blocks of one plane. */
const PLANE = CELLS ** 2;

/**
 * The correlation of two details, null where it is below `least`. Their squared distance is 2 - 2r and only grows as it is added up, so
 * that most pairs are let go after a few planes; it begins in the middle, where the brain is.
 */
function correlationFrom(least: number, a: Float32Array, b: Float32Array): number | null {
  let distance = 0;
  for (let plane = 0; plane < CELLS; plane++) {
    const start = ((plane + CELLS / 2) % CELLS) * PLANE;
    for (let i = start; i < start + PLANE; i++) {
      const difference = a[i]! - b[i]!;
      distance += difference * difference;
    }
    if (distance > 2 - 2 * least) return null;
  }
  return 1 - distance / 2;
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Each block less the mean of the 3x3x3 around it, scaled to mean 0 and length 1; null where there are none. */
function detailsOf(signature: Float32Array): Float32Array | null {
  if (signature.length === 0) return null;
  const means = alongAxes(signature);
  const details = Float64Array.from(signature, (value, i) => value - means[i]!);
  const mean = details.reduce((sum, value) => sum + value, 0) / details.length;
  const length = Math.sqrt(details.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return length === 0 ? null : Float32Array.from(details, (value) => (value - mean) / length);
}

/** Mean over the neighbours along each axis in turn, those outside left out. */
function alongAxes(signature: Float32Array): Float64Array {
  let values = Float64Array.from(signature);
  for (const step of [1, CELLS, CELLS ** 2]) {
    const before = values;
    values = before.map((value, i) => {
      const at = Math.floor(i / step) % CELLS;
      const [below, above] = [at > 0, at < CELLS - 1];
      const sum = value + (below ? before[i - step]! : 0) + (above ? before[i + step]! : 0);
      return sum / (1 + Number(below) + Number(above));
    });
  }
  return values;
}
