/** Nobody may be in two sets: a network that has seen a person answers for that person from memory. */
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import type { Check } from "../check";
import { personOf, type Scan, type ScanSet, type Study } from "../study";

/** Several sessions of a person in one set are no leak. */
export const people: Check = {
  needs: "rows",
  accepted: "leaks",
  find: (study) => [...betweenSplitSets(study), ...inGroups(study), ...inTransfer(study)],
};

const holds = (scan: Scan, asked: (set: ScanSet) => boolean) => scan.sets.some(asked);
const scansIn = ({ scans }: Study, asked: (set: ScanSet) => boolean) =>
  scans.filter((scan) => holds(scan, asked));

/** Names of the people of `scans` who are among `others` too, each once. */
function shared(
  scans: readonly Scan[],
  others: readonly Scan[],
  nameOf: (scan: Scan) => string = personOf,
): readonly string[] {
  const known = new Set(others.map(nameOf));
  const both = scans.filter((scan) => known.has(nameOf(scan)));
  return [...new Set(both.map(({ participantId }) => participantId))];
}

/** Data may have moved between two trainings, and a MAPS keeps names only: as a prediction does, one name is taken for one person. */
const byName = ({ participantId }: Scan) => participantId;

const splitsOf = ({ scans }: Study): readonly number[] => [
  ...new Set(scans.flatMap(({ sets }) => sets.flatMap((set) => (set.kind === "train" ? [set.split] : [])))),
];

function betweenSplitSets(study: Study): Problem[] {
  const { tsv_path: file } = study.experiment;
  return splitsOf(study).flatMap((split) => {
    const names = shared(
      scansIn(study, (set) => set.kind === "validation" && set.split === split),
      scansIn(study, (set) => set.kind === "train" && set.split === split),
    );
    const values = { count: names.length, split, names: some(names) };
    return names.length === 0 ? [] : [problem("split.leak", { file, where: "tsv_path" }, values)];
  });
}

function inGroups(study: Study): Problem[] {
  const groups = new Set(
    study.scans.flatMap(({ sets }) => sets.flatMap((set) => (set.kind === "group" ? [set.name] : []))),
  );
  const taught = scansIn(study, ({ kind }) => kind !== "group");
  return [...groups].flatMap((group) => {
    const names = shared(
      scansIn(study, (set) => set.kind === "group" && set.name === group),
      taught,
      byName,
    );
    const values = { count: names.length, group, names: some(names) };
    return names.length === 0 ? [] : [problem("audit.group-leak", {}, values)];
  });
}

/** Whom the source has learned from may train, but not validate. */
function inTransfer(study: Study): Problem[] {
  const { transfer_path: source } = study.experiment;
  return splitsOf(study).flatMap((split) => {
    const names = shared(
      scansIn(study, (set) => set.kind === "validation" && set.split === split),
      scansIn(study, (set) => set.kind === "transfer" && set.split === split),
      byName,
    );
    const values = { count: names.length, split, source, names: some(names) };
    return names.length === 0 ? [] : [problem("audit.transfer-leak", { where: "transfer_path" }, values)];
  });
}
