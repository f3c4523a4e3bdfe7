/** Comes into a MAPS that another process has made, to train its splits together. */
import type { Acceptable } from "../../audit/check";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { readTrainValidation, uniqueSessions, writeTrainValidation } from "../../maps/folder/groups";
import { readMapsJson, writeMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace } from "../../maps/folder/place";
import { readTrainingScans, writeTrainingScans } from "../../maps/folder/trainingScans";
import { readTrainingSpace, writeTrainingSpace } from "../../maps/folder/trainingSpace";
import { alone } from "../../maps/units/guard";
import { waitingOf } from "../waitingNotices";
import type { AuditedRun } from "./checkRun";
import { networkFacts, type PreparedRun, seenSessions, storedSessions } from "./prepareRun";
import { changedData, changedSpace, experimentOfMaps } from "./resumeTraining";
import type { RunOptions } from "./runOptions";
import { otherSettings } from "./sameSettings";

/** Every setting that is another than that of the MAPS, and where the data is not that of the MAPS, but for what is accepted. */
export async function joinProblems(
  prepared: PreparedRun,
  maps: string,
  accepted: ReadonlySet<Acceptable> = new Set(),
): Promise<Problem[]> {
  const theirs = await experimentOfMaps(maps);
  return [
    ...otherSettings(prepared.experiment, theirs).map(({ key, ...values }) =>
      problem("join.other-setting", { file: mapsPlace(maps).mapsJson, where: key }, { key, ...values }),
    ),
    ...(await changedData(prepared, maps)),
    ...(accepted.has("space") ? [] : await changedSpace(prepared, maps)),
  ];
}

/** Adds the splits of this run to those that the MAPS tells of. @throws InputError with what `joinProblems` finds */
export async function joinMaps(
  prepared: AuditedRun,
  maps: string,
  options: Pick<RunOptions, "accepted" | "signal" | "onNotice"> = {},
): Promise<void> {
  const { accepted } = options;
  const join = async () => {
    const problems = await joinProblems(prepared, maps, accepted);
    if (problems.length > 0) throw new InputError(problems);
    const theirs = await experimentOfMaps(maps);
    const split = bothSplits(prepared.experiment.split, theirs.split);
    const { gyrusVersion } = await readMapsJson(maps);
    const experiment = { ...theirs, split };
    if (split.length !== theirs.split.length && gyrusVersion !== null)
      await writeMapsJson(maps, experiment, networkFacts(prepared), gyrusVersion);
    const sessions = [...(await readTrainValidation(maps)), ...seenSessions(prepared)];
    await writeTrainValidation(maps, uniqueSessions(sessions));
    const stored = await readTrainingSpace(maps);
    if (stored !== null) await writeTrainingSpace(maps, [...stored, ...storedSessions(prepared)]);
    const scans = await readTrainingScans(maps);
    if (scans !== null) await writeTrainingScans(maps, [...scans, ...prepared.checked.scans]);
  };
  await alone(mapsPlace(maps).guard, join, waitingOf(options));
}

/** All where either trains all. */
function bothSplits(ours: readonly number[], theirs: readonly number[]): number[] {
  if (ours.length === 0 || theirs.length === 0) return [];
  return [...new Set([...theirs, ...ours])].sort((a, b) => a - b);
}
