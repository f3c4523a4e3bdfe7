/** Goes on with the training of a MAPS, each network from its checkpoint, as if it had never been interrupted. */

import { ALL_ACCEPTED } from "../../audit/check";
import { passing } from "../../audit/findings";
import type { PlannedImage } from "../../data/plan/plannedImage";
import { checkImages } from "../../data/sources/checkImages";
import { imageName } from "../../data/sources/nameImage";
import type { Experiment } from "../../experiment/experiment";
import { resolveWithFiles } from "../../experiment/file/resolve";
import { imagesPlace } from "../../experiment/imagesPath";
import { problem, refuse, withHint } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { SPLIT_GROUPS } from "../../experiment/splitGroups";
import { type GroupRow, readGroup } from "../../maps/folder/groups";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace } from "../../maps/folder/place";
import { readTrainingSpace, storedKey } from "../../maps/folder/trainingSpace";
import { asRead, isAlike } from "../../space/geometry";
import { readerOf } from "./checkRun";
import { describeSets } from "./describeSets";
import { type PreparedRun, prepareRun, storedSessions } from "./prepareRun";
import type { RunOptions, TrainingOutcome } from "./runOptions";
import { runSplits } from "./splitsRun";
import { withEngine } from "./withEngine";

/**
 * Trains what is left of the MAPS: splits that have finished keep their results, others go on from their last checkpoint.
 * @param options with `splits` these alone, of whose images alone anything is read
 * @throws InputError when it cannot be resumed, or its data is not what it was
 */
export async function resumeTraining(
  maps: string,
  { splits, ...options }: RunOptions & { readonly splits?: readonly number[] },
): Promise<TrainingOutcome> {
  const whole = await experimentOfMaps(maps);
  const experiment = splits === undefined ? whole : { ...whole, split: [...splits] };
  const prepared = await prepareRun(experiment, ALL_ACCEPTED, options.onHeader).catch((error: unknown) => {
    throw error instanceof InputError ? new InputError(error.problems.map(inMaps(maps))) : error;
  });
  const problems = [
    ...(await changedData(prepared, maps)),
    ...(options.accepted?.has("space") ? [] : await changedSpace(prepared, maps)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const reader = readerOf(prepared);
  try {
    await checkImages(prepared.plan, reader, options.onCheck);
    for (const one of describeSets(prepared.plan)) options.onNotice?.(one);
    return await runSplits(prepared, maps, reader, await withEngine(prepared, options));
  } finally {
    await reader.close();
  }
}

/** Data may have moved since the training began: says which file holds its places now. */
const inMaps =
  (maps: string) =>
  (found: Problem): Problem =>
    found.where === "caps_directory" || found.where === "images" || found.where === "tsv_path"
      ? withHint(phrase("data-moved", { file: mapsPlace(maps).mapsJson }), found)
      : found;

/** The experiment of a MAPS that Gyrus made. Throws an InputError for one of ClinicaDL. */
export async function experimentOfMaps(maps: string): Promise<Experiment> {
  const file = mapsPlace(maps).mapsJson;
  const { json, gyrusVersion } = await readMapsJson(maps);
  if (gyrusVersion === null) {
    throw refuse("resume.of-clinicadl", { file });
  }
  const { experiment, problems } = await resolveWithFiles(json, file);
  if (experiment === null) throw new InputError(problems);
  return experiment;
}

/** The sets of a split must be those that it was begun with: same sessions, same labels, same order. */
export async function changedData({ plan, experiment }: PreparedRun, maps: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { split, ...sets } of plan.splits) {
    for (const name of SPLIT_GROUPS) {
      const images = sets[name];
      if (images === undefined) continue;
      const group = mapsPlace(maps).group(name, split);
      const { rows } = await readGroup(group);
      const now = images.map(keyOfImage);
      const before = rows.map(keyOfRow);
      if (now.join("\n") === before.join("\n")) continue;
      const differing = before.filter((row) => !now.includes(row)).length;
      const added = now.filter((row) => !before.includes(row)).length;
      const values = { set: phrase(name === "train" ? "training" : name), split, group: group.folder };
      const place = { file: experiment.tsv_path };
      problems.push(
        differing + added === 0
          ? problem("resume.other-order", place, values)
          : problem("resume.other-data", place, { ...values, gone: differing, added }),
      );
    }
  }
  return problems;
}

/** Each image must be read as it was when the training began: stored otherwise, it is another brain to the network. */
export async function changedSpace(prepared: PreparedRun, maps: string): Promise<Problem[]> {
  const recorded = new Map(
    ((await readTrainingSpace(maps)) ?? []).map((session) => [storedKey(session), session.geometry]),
  );
  const { space } = prepared.experiment;
  const { file } = imagesPlace(prepared.experiment);
  const sessions = new Map(storedSessions(prepared).map((session) => [storedKey(session), session]));
  const changed = [...sessions].flatMap(([key, session]) => {
    const before = recorded.get(key);
    const now = asRead(session.geometry, space);
    if (before === undefined || isAlike(asRead(before, space), now)) return [];
    return [imageName(session)];
  });
  const values = { count: changed.length, of: sessions.size, names: some(changed) };
  return changed.length === 0 ? [] : [passing(problem("resume.other-space", { file }, values), "space")];
}

function keyOfImage({ participantId, sessionId, cohort, label }: PlannedImage): string {
  return [participantId, sessionId, cohort, label].join("\t");
}

function keyOfRow({ participantId, sessionId, cohort, label }: GroupRow): string {
  return [participantId, sessionId, cohort, label ?? ""].join("\t");
}
