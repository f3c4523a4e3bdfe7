/** Nobody validates whom the source of a transfer has learned from, under another name: by the voxels that its MAPS keeps. */
import { problem, remark } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import type { Problem } from "../../experiment/problems/problem";
import type { Check } from "../check";
import { copiesOf, namesOfCopies } from "../copiesOfTraining";
import type { Scan, Study } from "../study";

/** Images of the source that were read themselves are compared like all others. */
export const sourceCopies: Check = { needs: "voxels", accepted: "leaks", find };

function find(study: Study): Problem[] {
  const { transfer_path: source } = study.experiment;
  if (source === null) return [];
  const unread = study.scans.filter(({ voxels, sets }) => voxels === null && sets.some(isTransfer));
  if (unread.length === 0) return [];
  const place = { where: "transfer_path" };
  const splits = new Set(unread.flatMap(({ sets }) => sets.filter(isTransfer).map(({ split }) => split)));
  const found = [...splits].flatMap((split) => {
    const taught = unread.flatMap(({ keptHash, ...scan }) =>
      keptHash !== null && scan.sets.some((set) => isTransfer(set) && set.split === split)
        ? [{ ...scan, hash: keptHash }]
        : [],
    );
    return copiesOf(validating(study, split), taught).map(({ equal, copies }) =>
      problem("audit.transfer-copies", place, {
        count: copies.length,
        split,
        source,
        how: phrase(equal ? "voxel-by-voxel" : "turned-copy"),
        names: namesOfCopies(copies),
      }),
    );
  });
  const unknown = unread.filter(({ keptHash }) => keptHash === null).length;
  if (unknown === 0) return found;
  const values = { source, count: unknown, of: unread.length };
  return [...found, remark("audit.transfer-not-compared", place, values)];
}

const isTransfer = (set: Scan["sets"][number]): set is Extract<typeof set, { kind: "transfer" }> =>
  set.kind === "transfer";

const validating = ({ scans }: Study, split: number) =>
  scans.flatMap((scan) =>
    scan.voxels !== null && scan.sets.some((set) => set.kind === "validation" && set.split === split)
      ? [{ ...scan, facts: scan.voxels }]
      : [],
  );
