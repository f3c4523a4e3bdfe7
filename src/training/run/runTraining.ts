/** A whole training: everything is checked, then the MAPS is made or joined, then one split is trained after the other. */

import { existsSync } from "node:fs";
import { mkdir, rmdir } from "node:fs/promises";
import { bySeverity } from "../../audit/findings";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import type { PlannedImage } from "../../data/plan/plannedImage";
import { otherSplits, type SplitRows } from "../../data/plan/splits";
import type { Experiment } from "../../experiment/experiment";
import { InputError } from "../../experiment/problems/problem";
import { isOwnBeginning } from "../../maps/folder/beginning";
import { createMaps, newMapsProblems } from "../../maps/folder/createMaps";
import type { GroupRow } from "../../maps/folder/groups";
import { mapsPlace } from "../../maps/folder/place";
import { alone } from "../../maps/units/guard";
import { networkText } from "../../network/drawing/text";
import { waitingOf } from "../waitingNotices";
import { type AuditedRun, checkVoxels, readerOf } from "./checkRun";
import { describeSets } from "./describeSets";
import { joinMaps, joinProblems } from "./joinMaps";
import { networkFacts, type PreparedRun, prepareRun, seenSessions, storedSessions } from "./prepareRun";
import type { ChosenOptions, RunOptions, TrainingOutcome } from "./runOptions";
import { runSplits } from "./splitsRun";
import { withEngine } from "./withEngine";

/**
 * Trains `experiment` into the new folder `maps`; with `join` also into one that others have made with the same settings.
 * @throws InputError with every problem, before anything is written
 */
export async function runTraining(
  experiment: Experiment,
  maps: string,
  options: RunOptions,
): Promise<TrainingOutcome> {
  return await withMaps(experiment, maps, options, runSplits);
}

/** Checks everything and makes the MAPS, or comes into it, and trains nothing. @throws InputError as `runTraining` does */
export async function prepareMaps(experiment: Experiment, maps: string, options: RunOptions): Promise<void> {
  await withMaps(experiment, maps, { ...options, join: true }, async () => {});
}

async function withMaps<Result>(
  experiment: Experiment,
  maps: string,
  options: RunOptions,
  action: (
    prepared: PreparedRun,
    maps: string,
    reader: VolumeReader,
    options: ChosenOptions,
  ) => Promise<Result>,
): Promise<Result> {
  const { joins, problems } = await lookAt(maps, options);
  if (problems.length > 0) throw new InputError(problems);
  const prepared = await prepareRun(experiment, options.accepted ?? new Set(), options.onHeader);
  const others = joins ? await joinProblems(prepared, maps, options.accepted) : [];
  if (others.length > 0) throw new InputError(others);
  const reader = readerOf(prepared);
  try {
    const checked = await checkVoxels(prepared, reader, options);
    for (const warning of checked.problems) options.onWarning?.(warning);
    for (const one of describeSets(prepared.plan)) options.onNotice?.(one);
    const chosen = await withEngine(prepared, options);
    await makeOrJoin({ ...prepared, checked }, maps, chosen);
    return await action(prepared, maps, reader, chosen);
  } finally {
    await reader.close();
  }
}

/** Whether there is a MAPS to join, and why none can be made where there is not. */
async function lookAt(maps: string, options: Pick<RunOptions, "join" | "signal" | "onNotice">) {
  const { join = false } = options;
  const place = mapsPlace(maps);
  const look = async () => {
    const joins = join && existsSync(place.mapsJson);
    return { joins, problems: joins ? [] : await newMapsProblems(maps) };
  };
  // Another process may be making it at this moment: who comes second waits until it has.
  return (await isOwnBeginning(maps)) ? await alone(place.guard, look, waitingOf(options)) : await look();
}

async function makeOrJoin(prepared: AuditedRun, maps: string, options: ChosenOptions): Promise<void> {
  const content = contentOf(prepared, await otherSplits(prepared.experiment), options);
  const place = mapsPlace(maps);
  const folder = await mkdir(maps, { recursive: true });
  const make = async () => {
    if (options.join === true && existsSync(place.mapsJson)) return false;
    await createMaps(maps, content);
    return true;
  };
  const made = await alone(place.guard, make, waitingOf(options)).catch(async (error: unknown) => {
    if (folder !== undefined) await rmdir(maps).catch(() => {});
    throw error;
  });
  // It was there to be joined, or another one was quicker while the images were checked.
  if (!made) await joinMaps(prepared, maps, options);
}

function contentOf(
  prepared: AuditedRun,
  untrained: readonly SplitRows[],
  { engine, gyrusVersion, accepted = new Set() }: ChosenOptions,
) {
  const { experiment, plan, network } = prepared;
  const groups = [...plan.splits, ...untrained].map(({ split, train, validation, outer }) => ({
    split,
    train: train.map(groupRow),
    validation: validation.map(groupRow),
    ...(outer !== undefined && { outer: outer.map(groupRow) }),
  }));
  const { library, version } = engine.description;
  return {
    experiment,
    facts: networkFacts(prepared),
    gyrusVersion,
    environment: { gyrus: gyrusVersion, [library]: version },
    model: networkText(network),
    trainValidation: seenSessions(prepared),
    trainingSpace: storedSessions(prepared),
    trainingScans: prepared.checked.scans,
    audit: { accepted: [...accepted], findings: bySeverity(prepared.checked.problems) },
    splits: groups,
  };
}

function groupRow({
  participantId,
  sessionId,
  cohort,
  label,
}: Pick<PlannedImage, "participantId" | "sessionId" | "cohort" | "label">): GroupRow {
  return { participantId, sessionId, cohort, ...(label !== "" && { label }) };
}
