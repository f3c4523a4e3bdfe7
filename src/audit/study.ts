/**
 * A study as the audit sees it: every scan with the sets that hold it and what is known of it. Plain data, so that a check is a
 * function of it. `gather` reads it from tables, headers and a MAPS.
 */

import type { NiftiHeader } from "../data/nifti/niftiHeader";
import type { VoxelFacts } from "../data/nifti/voxelFacts";
import type { PlannedImage } from "../data/plan/plannedImage";
import type { Experiment } from "../experiment/experiment";
import type { RegionMask } from "./space/otherMasks";
import type { SourceSpace } from "./space/otherSpace";

/** A set that holds scans: of a split, a data group of the MAPS, or what the source of a transfer has learned from. */
export type ScanSet =
  | { readonly kind: "train" | "validation"; readonly split: number }
  /** A data group of the MAPS that was predicted or explained, such as `test`. */
  | { readonly kind: "group"; readonly name: string }
  /** What the networks of this split begin with was trained on it; `maps` is the source. */
  | { readonly kind: "transfer"; readonly split: number; readonly maps: string };

/** What a scan has of its row and file: `caps` and `file` are "" where only the ids are known. */
export type ScanImage = Omit<PlannedImage, "target">;

/**
 * The image of one participant at one session, once in a study whatever the number of its sets. What a source of a transfer has
 * learned from stands apart: only its ids and hashes are known, and the ids may be those of other scans.
 */
export interface Scan extends ScanImage {
  readonly sets: readonly ScanSet[];
  /** Every other column that the tables have for it, by its name, and the scalar fields of the image's JSON sidecar; values that are missing are left out. */
  readonly columns: Readonly<Record<string, string>>;
  /** Null where the image was not found or not looked for. */
  readonly header: NiftiHeader | null;
  /** What its voxels say; null until the image was read. */
  readonly voxels: VoxelFacts | null;
  /** By which voxels the source of a transfer knows it; null for scans of the study itself, and where the source does not say. */
  readonly keptHash: string | null;
}

export interface Study {
  readonly experiment: Experiment;
  readonly scans: readonly Scan[];
  /** Of the regions that are cut out of every image; those that are built in too. */
  readonly masks: readonly RegionMask[];
  /** What the networks begin with; null without transfer, or where the source cannot be read. */
  readonly source: SourceSpace | null;
}

/** A scan of which neither columns nor voxels are known yet. */
export function scanOf(image: ScanImage, sets: readonly ScanSet[], header: NiftiHeader | null): Scan {
  const { participantId, sessionId, cohort, place, file, label } = image;
  const unknown = { columns: {}, voxels: null, keptHash: null };
  return { participantId, sessionId, cohort, place, file, label, sets, header, ...unknown };
}

/** Whose scan it is. Two cohorts may use the same name for two people. */
export const personOf = ({ place, participantId }: Pick<Scan, "place" | "participantId">): string =>
  `${place}\t${participantId}`;

/** The scans that the networks train and validate on: what a check of the label looks at. */
export const usedScans = ({ scans }: Study): readonly Scan[] =>
  scans.filter(({ sets }) => sets.some(({ kind }) => kind === "train" || kind === "validation"));

/** Whether what the network learns from one scan could answer for the other: they are in sets that must not share anything. */
export const crossSets = (one: Scan, other: Scan): boolean =>
  one.sets.some((a) => other.sets.some((b) => apart(a, b) || apart(b, a)));

/** Whether two of `scans` are in such sets: of thousands too, since all those of one set are one case. */
export function crossing(scans: readonly Scan[]): boolean {
  const bySet = new Map<string, { readonly set: ScanSet; readonly first: Scan; several: boolean }>();
  for (const scan of scans) {
    for (const set of scan.sets) {
      const known = bySet.get(JSON.stringify(set));
      if (known === undefined) bySet.set(JSON.stringify(set), { set, first: scan, several: false });
      else known.several ||= known.first !== scan;
    }
  }
  const sets = [...bySet.values()];
  return sets.some((one) =>
    sets.some(
      (other) => apart(one.set, other.set) && (one.several || other.several || one.first !== other.first),
    ),
  );
}

function apart(a: ScanSet, b: ScanSet): boolean {
  if (a.kind === "group") return b.kind !== "group";
  const teaches = a.kind === "train" || a.kind === "transfer";
  return teaches && b.kind === "validation" && a.split === b.split;
}
