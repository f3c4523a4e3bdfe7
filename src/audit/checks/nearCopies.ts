/**
 * Scans of two people that look alike as two people do not: the same scan with noise, interpolated, rescaled or processed twice.
 *
 * Brains in one space resemble each other from afar, so what is compared are details (`likeness`). A pair is told of when its
 * correlation is above `LEAST`, and far above what is usual between people of this study (`DEVIATIONS` robust standard deviations of
 * Fisher's z): how alike people are depends on the sequence and the registration. docs/audit.md says what this was measured on.
 */
import { UNIT } from "../../data/nifti/likeness";
import { imageName } from "../../data/sources/nameImage";
import { imagesPlace } from "../../experiment/imagesPath";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { MOST_NAMED, some } from "../../experiment/problems/some";
import { alikePairs, type Compared } from "../alikePairs";
import type { Check, Progress } from "../check";
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

interface ComparedScan extends Compared {
  readonly scan: Scan;
}

function find(study: Study, onProgress?: Progress): Problem[] {
  const scans = comparedScans(study);
  const { median, least } = usual(scans);
  let crossing = 0;
  const found = alikePairs(scans, {
    least,
    // One more, so that the names end in "..." where there are others.
    kept: MOST_NAMED + 1,
    onPair({ one, other }) {
      if (crossSets(scans[one]!.scan, scans[other]!.scan)) crossing++;
    },
    ...(onProgress && { onProgress }),
  });
  const [most] = found.most;
  if (most === undefined) return [];
  const nameOf = (place: number) => imageName(scans[place]!.scan);
  const place = imagesPlace(study.experiment);
  return [
    warning("audit.near-copies", place, {
      count: found.count,
      least: found.least.toFixed(3),
      most: most.correlation.toFixed(3),
      typical: median.toFixed(3),
      names: some(found.most.map(({ one, other }) => `${nameOf(one)} = ${nameOf(other)}`)),
      crossing: crossing || null,
    }),
  ];
}

/** Of several equal scans one is enough; one without details resembles nothing. */
function comparedScans({ scans }: Study): readonly ComparedScan[] {
  const seen = new Set<string>();
  return scans.flatMap((scan): ComparedScan[] => {
    if (scan.voxels === null || seen.has(scan.voxels.fingerprint)) return [];
    const { likeness, fingerprint } = scan.voxels;
    seen.add(fingerprint);
    return likeness === null ? [] : [{ scan, likeness, person: personOf(scan) }];
  });
}

/** The usual correlation between two people of the study, and that from which a pair is told of. */
function usual(images: readonly Compared[]): { readonly median: number; readonly least: number } {
  const step = Math.max(1, Math.floor((images.length * (images.length - 1)) / 2 / SAMPLED));
  const values: number[] = [];
  // Every `step`th of all pairs, of which row i has those with the images after i.
  let skipped = 0;
  for (const [i, one] of images.entries()) {
    let j = i + 1 + skipped;
    for (; j < images.length; j += step) {
      const other = images[j]!;
      if (one.person === other.person) continue;
      values.push(Math.atanh(Math.min(0.999_999, product(one.likeness.details, other.likeness.details))));
    }
    skipped = j - images.length;
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

function product(a: Int16Array, b: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum / UNIT ** 2;
}
