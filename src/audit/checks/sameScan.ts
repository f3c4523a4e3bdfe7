/** One scan must not stand under two names: in two sets it is a leak, in one it counts twice. */
import { MANY_LEVELS } from "../../data/nifti/voxelFacts";
import { imageName } from "../../data/sources/nameImage";
import { imagesPlace } from "../../experiment/imagesPath";
import { problem, warning, withHint } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import type { Check } from "../check";
import { crossing, type Scan, type Study } from "../study";

/** By the hash of the voxels: headers, names, packing and compression do not count. */
export const sameScan: Check = { needs: "voxels", accepted: "leaks", find };

/** Scans with the same values. */
interface Copies {
  readonly scans: readonly Scan[];
  /** Also in the same places. */
  readonly equal: boolean;
  readonly crossing: boolean;
}

function find(study: Study): Problem[] {
  const copies = copiesIn(study);
  return [true, false].flatMap((crossing) =>
    [true, false].flatMap((equal): Problem[] => {
      const these = copies.filter((one) => one.crossing === crossing && one.equal === equal);
      if (these.length === 0) return [];
      const values = {
        count: these.length,
        how: phrase(equal ? "voxel-by-voxel" : "turned-copy"),
        names: some(these.map(namesOf)),
      };
      const place = imagesPlace(study.experiment);
      const found = crossing
        ? problem("audit.same-scan-in-sets", place, values)
        : warning("audit.same-scan", place, values);
      const torn = these.filter(({ scans }) => labelsOf(scans).length > 1);
      if (torn.length === 0) return [found];
      const names = some(torn.map((one) => `${namesOf(one)}: ${labelsOf(one.scans).join(", ")}`));
      return [withHint(phrase("two-labels", { count: torn.length, names }), found)];
    }),
  );
}

/** Groups of a MAPS may read one scan from several folders, under one name. */
const namesOf = ({ scans }: Copies): string => some([...new Set(scans.map(imageName))]).join(" = ");

const labelsOf = (scans: readonly Scan[]): readonly string[] =>
  [...new Set(scans.map(({ label }) => label).filter((label) => label !== ""))].sort();

function copiesIn({ scans }: Study): readonly Copies[] {
  const groups = new Map<string, Scan[]>();
  for (const scan of scans) {
    if (scan.voxels === null) continue;
    const { fingerprint } = scan.voxels;
    const group = groups.get(fingerprint);
    if (group === undefined) groups.set(fingerprint, [scan]);
    else group.push(scan);
  }
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .map((group) => ({
      scans: group,
      equal: new Set(group.map(({ voxels }) => voxels?.hash)).size === 1,
      crossing: !isDrawing(group) && crossing(group),
    }))
    .filter(({ scans, crossing }) => crossing || severalNames(scans));
}

/** Two cohorts may use one name for two people. */
const severalNames = (scans: readonly Scan[]): boolean =>
  new Set(scans.map((scan) => `${scan.cohort}\t${imageName(scan)}`)).size > 1;

/**
 * Whether it is one drawing, mask or blank that stands for several people, rather than the scan of one of them: the study is odd, but
 * nobody leaks.
 */
const isDrawing = (group: readonly Scan[]): boolean =>
  group.length > 2 && group.every(({ voxels }) => voxels !== null && voxels.levels < MANY_LEVELS);
