/** The report of a study: all that can be known of it, in spite of what is wrong. */

import { append } from "../data/batches/collect";
import { openVolumeReader } from "../data/nifti/volumeReader";
import type { VoxelFacts } from "../data/nifti/voxelFacts";
import { type DataPlan, type SplitPlan, surveyData } from "../data/plan/experimentData";
import { type ReadImages, readImages } from "../data/sources/checkImages";
import type { Experiment } from "../experiment/experiment";
import { oneLineACause } from "../experiment/problems/oneLineACause";
import { InputError, type Problem } from "../experiment/problems/problem";
import { readMapsJson } from "../maps/folder/mapsJson";
import { readTrainingScans } from "../maps/folder/trainingScans";
import { storedKey } from "../maps/folder/trainingSpace";
import { withVoxels } from "./auditVoxels";
import type { Acceptable, Progress } from "./check";
import { copiesOfTraining } from "./copiesOfTraining";
import { bySeverity, findingsOf, passing } from "./findings";
import { groupScans, sourceScans } from "./gather/keptGroups";
import { planStudy } from "./gather/planStudy";
import { personOf, type Scan, type Study } from "./study";

export interface AuditReport {
  /** Images that were found, and the people whose they are. */
  readonly scans: number;
  readonly people: number;
  /** Images whose voxels were read. */
  readonly read: number;
  /** Who is in the sets of each split, and who was left out. */
  readonly splits: readonly Pick<SplitPlan, "split" | "flow">[];
  /** Everything that is wrong or worth knowing, the worst first. */
  readonly findings: readonly Problem[];
}

export interface AuditRequest {
  readonly experiment: Experiment;
  /** A MAPS whose data groups are looked at too. */
  readonly maps: string | null;
  readonly accepted: ReadonlySet<Acceptable>;
  /** Images that were read. */
  readonly onCheck?: Progress;
  /** Pairs of them that were compared. */
  readonly onCompare?: Progress;
}

/** Reads all tables, headers and voxels. Never refuses for what it finds: that is the report. */
export async function auditStudy(request: AuditRequest): Promise<AuditReport> {
  const { experiment, maps, accepted, onCheck, onCompare } = request;
  const { plan, problems } = await surveyed(experiment);
  const found = [...problems, ...(maps === null ? [] : await unreadable(maps))];
  if (plan === null) return { scans: 0, people: 0, read: 0, splits: [], findings: bySeverity(found) };
  const own = await planStudy(experiment, plan);
  const others = [
    ...(maps === null ? [] : await groupScans(maps, experiment, found)),
    ...(await sourceScans(
      experiment,
      plan.splits.map(({ split }) => split),
    )),
  ];
  // The source of a transfer is known by its names already, and here by its images.
  const ofPlan = own.scans.filter(({ sets }) => sets.every(({ kind }) => kind !== "transfer"));
  const study = { ...own, scans: joined([...ofPlan, ...others]) };
  const images = study.scans.filter(({ file }) => file !== "");
  // What is no image to those who read headers is none to those who read voxels.
  const told = new Set(problems.map(({ code }) => code));
  const { facts, faults } = await readVoxels(images, experiment, plan, onCheck);
  // A source may have learned from images of another size: they are no copies, and no fault of this study.
  const ofStudy = faults.filter(
    ({ image, problem }) =>
      image.sets.some(({ kind }) => kind !== "transfer") &&
      !(image.header === null && told.has(problem.code)),
  );
  append(found, oneLineACause(ofStudy.map(({ problem }) => problem)));
  if (maps !== null) append(found, await keptCopies(maps, study, facts, accepted));
  append(found, findingsOf(withVoxels(study, facts), ["rows", "headers", "voxels"], accepted, onCompare));
  return {
    scans: images.length,
    people: new Set(images.map(personOf)).size,
    read: facts.size,
    splits: plan.splits,
    findings: bySeverity(found),
  };
}

/**
 * Images of the data groups that are copies of what the MAPS has learned from, by the voxels that it keeps: those that are images of
 * this study are compared with it anyway.
 */
async function keptCopies(
  maps: string,
  { scans }: Study,
  facts: ReadonlyMap<string, VoxelFacts>,
  accepted: ReadonlySet<Acceptable>,
): Promise<readonly Problem[]> {
  const own = new Set(scans.filter(teaches).map(storedKey));
  const kept = ((await readTrainingScans(maps)) ?? []).filter((scan) => !own.has(storedKey(scan)));
  const groups = new Set(
    scans.flatMap(({ sets }) => sets.flatMap((set) => (set.kind === "group" ? [set.name] : []))),
  );
  return [...groups].flatMap((group) => {
    const images = scans.flatMap((scan) => {
      const read = facts.get(scan.file);
      const isOf = scan.sets.some((set) => set.kind === "group" && set.name === group);
      return isOf && read !== undefined ? [{ ...scan, facts: read }] : [];
    });
    const copies = copiesOfTraining(images, kept, { maps, group });
    return copies.map((one) => passing(one, "leaks", accepted));
  });
}

const teaches = ({ sets }: Scan) => sets.some(({ kind }) => kind === "train" || kind === "validation");

/** Why there is no MAPS of which groups could be looked at: without it a misspelt path would pass as one without leaks. */
async function unreadable(maps: string): Promise<readonly Problem[]> {
  try {
    await readMapsJson(maps);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems;
  }
}

async function surveyed(experiment: Experiment) {
  try {
    return await surveyData(experiment);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { plan: null, problems: error.problems };
  }
}

/** A scan of another group that is one of the training as well stands once, with the sets of both. */
function joined(scans: readonly Scan[]): readonly Scan[] {
  const byFile = new Map<string, Scan>();
  const named: Scan[] = [];
  for (const scan of scans) {
    const known = byFile.get(scan.file);
    if (scan.file === "") named.push(scan);
    else
      byFile.set(scan.file, known === undefined ? scan : { ...known, sets: [...known.sets, ...scan.sets] });
  }
  return [...byFile.values(), ...named];
}

async function readVoxels(
  images: readonly Scan[],
  { n_proc: workers }: Experiment,
  { input }: DataPlan,
  onCheck: Progress | undefined,
): Promise<ReadImages<Scan>> {
  // What was read is not read again: nothing is kept.
  const reader = openVolumeReader(input, { workers, cacheBytes: 0 });
  try {
    return await readImages(images, reader, onCheck);
  } finally {
    await reader.close();
  }
}
