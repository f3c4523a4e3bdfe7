/** Makes the folder of a MAPS: everything that is known before the first epoch. */
import { mkdir, readdir, rmdir } from "node:fs/promises";
import { basename } from "node:path";
import type { Experiment } from "../../experiment/experiment";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { SPLIT_GROUPS } from "../../experiment/splitGroups";
import { writeAtomically } from "../../files/atomicFile";
import { refusingFolder } from "../../files/writable";
import { codeOf } from "../../messages/codeOf";
import { isOfBeginning, isOwnBeginning, markBeginning, removeBeginning, removeMark } from "./beginning";
import { type GroupRow, type Session, writeGroup, writeTrainValidation } from "./groups";
import { type AuditResult, writeAudit } from "./keptAudit";
import { type NetworkFacts, writeMapsJson } from "./mapsJson";
import { type MapsPlace, mapsPlace } from "./place";
import { type KnownScan, writeTrainingScans } from "./trainingScans";
import { type StoredSession, writeTrainingSpace } from "./trainingSpace";

export interface NewMaps {
  readonly experiment: Experiment;
  readonly facts: NetworkFacts;
  readonly gyrusVersion: string;
  /** Programs and libraries that compute, with their versions: `onnxruntime-node` -> `1.30.0`. */
  readonly environment: Readonly<Record<string, string>>;
  /** The layers of the network, for a person to read. */
  readonly model: string;
  readonly trainValidation: readonly Session[];
  /** How the images of this run are stored. */
  readonly trainingSpace: readonly StoredSession[];
  /** By which voxels they are known. */
  readonly trainingScans: readonly KnownScan[];
  /** What was said of the data before. */
  readonly audit: AuditResult;
  /** Every split of the cross-validation, trained or not. */
  readonly splits: readonly {
    readonly split: number;
    readonly train: readonly GroupRow[];
    readonly validation: readonly GroupRow[];
    /** With an inner validation set. */
    readonly outer?: readonly GroupRow[];
  }[];
}

/** Why a new MAPS cannot be made at `maps`; empty when it can. To be asked before anything long starts. */
export async function newMapsProblems(maps: string): Promise<Problem[]> {
  try {
    const entries = await readdir(maps);
    // The trainer's own output may already be going there; a file manager leaves hidden files in any folder.
    const { trainerLog, guard, cluster } = mapsPlace(maps);
    const [log, lock, jobs] = [trainerLog, guard, cluster].map((path) => basename(path));
    const passedOver = (name: string) =>
      name === log || name === jobs || name.startsWith(lock!) || name.startsWith(".");
    const others = entries.filter((name) => !passedOver(name));
    if (others.includes(basename(mapsPlace(maps).mapsJson))) {
      return [problem("maps.exists", { file: maps })];
    }
    if (!others.every(isOfBeginning)) return [problem("maps.not-empty", { file: maps })];
    if (others.length === 0 || (await isOwnBeginning(maps))) return await placeProblems(maps);
    return [problem("maps.begun", { file: maps })];
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return await placeProblems(maps);
    if (code === "ENOTDIR") return [problem("maps.is-file", { file: maps })];
    return [problem("maps.unreadable", { file: maps }, { reason: String(error) })];
  }
}

async function placeProblems(maps: string): Promise<Problem[]> {
  const folder = await refusingFolder(maps);
  return folder === null ? [] : [problem("maps.unwritable", { file: maps }, { folder })];
}

/**
 * Writes a new MAPS, in place of what a killed trainer had begun. Throws an InputError when the folder is in use. maps.json comes
 * last, so that what is made half-way is no MAPS, and is taken away again when something fails. For one process at a time.
 */
export async function createMaps(maps: string, content: NewMaps): Promise<void> {
  const problems = await newMapsProblems(maps);
  if (problems.length > 0) throw new InputError(problems);
  const created = await mkdir(maps, { recursive: true });
  const place = mapsPlace(maps);
  try {
    await removeBeginning(place);
    await markBeginning(place);
    await writeGroups(place, content);
    await writeAtomically(place.environmentTxt, environment(content.environment));
    await writeAtomically(place.informationLog, information(maps, content.model));
    await writeAudit(maps, content.audit);
    await writeMapsJson(maps, content.experiment, content.facts, content.gyrusVersion);
  } catch (error) {
    await removeBeginning(place).catch(() => {});
    await removeMark(place);
    if (created !== undefined) await rmdir(maps).catch(() => {});
    throw error;
  }
  await removeMark(place);
}

async function writeGroups(
  place: MapsPlace,
  { experiment, trainValidation, trainingSpace, trainingScans, splits }: NewMaps,
): Promise<void> {
  const { label, caps_directory: capsDirectory, multi_cohort: multiCohort } = experiment;
  const images = experiment.images ?? undefined;
  for (const { split, ...sets } of splits) {
    for (const group of SPLIT_GROUPS) {
      const rows = sets[group];
      if (rows !== undefined)
        await writeGroup(place.group(group, split), { rows, label, capsDirectory, images, multiCohort });
    }
  }
  await writeTrainValidation(place.folder, trainValidation);
  await writeTrainingSpace(place.folder, trainingSpace);
  await writeTrainingScans(place.folder, trainingScans);
}

/** As `pip freeze` writes it. */
function environment(versions: Readonly<Record<string, string>>): string {
  return Object.entries({ ...versions, node: process.versions.node })
    .map(([name, version]) => `${name}==${version}\n`)
    .join("");
}

function information(maps: string, model: string): string {
  return `- Date :\t${formatDate(new Date())}\n\n- Path :\t${maps}\n\n- Model :\t${model}\n\n`;
}

/** `23 Nov 2026, 05:27:43`, local time */
function formatDate(date: Date): string {
  const month = date.toLocaleString("en-GB", { month: "short" }).slice(0, 3);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${two(date.getDate())} ${month} ${date.getFullYear()}, ${time}`;
}
