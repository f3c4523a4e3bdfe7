/** Files that go on after the end of their gzip data: written over longer ones, or copied with something appended. */
import { imageName } from "../../data/sources/nameImage";
import { remark } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import type { Check } from "../check";
import type { Study } from "../study";

/** The images are read as gzip reads them, which ignores what follows; but a file that goes on tells of an accident. */
export const trailingBytes: Check = { needs: "voxels", accepted: null, find };

function find({ scans }: Study): Problem[] {
  const longer = scans.filter(({ voxels }) => (voxels?.behind ?? 0) > 0);
  const [first] = longer;
  if (first === undefined) return [];
  const values = { count: longer.length, scans: scans.length, names: some(longer.map(imageName)) };
  return [remark("audit.trailing-bytes", { file: first.file }, values)];
}
