/** A whole training: everything is checked, then the MAPS is made, then one split is trained after the other. */

import { openReader } from "../../data/batches/volumeDataset";
import type { PlannedImage } from "../../data/plan/experimentData";
import { otherSplits, type SplitRows } from "../../data/plan/splits";
import { checkImages } from "../../data/sources/checkImages";
import type { Engine } from "../../engine/engine";
import type { Experiment } from "../../experiment/experiment";
import { failureText } from "../../experiment/fileProblem";
import { InputError, type Problem } from "../../experiment/problem";
import { createMaps, newMapsProblems } from "../../maps/folder/createMaps";
import type { GroupRow } from "../../maps/folder/groups";
import { startRun } from "../../maps/units/lock";
import { clearStopRequest, stopRequest } from "../../maps/units/stopRequest";
import { loadTensor } from "../../maps/weights/tensorFile";
import { networkText } from "../../network/text";
import type { EndReason } from "../../run/events";
import type { RunObserver } from "../loop/mapsRecorder";
import { finishedSplit } from "./finishedSplit";
import type { RunContext } from "./openTraining";
import { outputSizeOf, type PreparedRun, prepareRun } from "./prepareRun";
import { sideBySide } from "./sideBySide";
import type { SplitResult } from "./splitResult";
import { runSplit } from "./splitRun";

export interface RunOptions {
  readonly engine: Engine;
  readonly observer?: RunObserver;
  /** Aborted: the run stops after the current weight update, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Written to the MAPS: which program, called how. */
  readonly gyrusVersion: string;
  readonly command: readonly string[];
  /** What the user should know, one sentence each: warnings about the data, what was transferred. */
  readonly onNotice?: (text: string) => void;
  readonly onWarning?: (warning: Problem) => void;
  /** Images that were read and checked before the training. */
  readonly onCheck?: (done: number, of: number) => void;
}

/** What `gyrus train --json` prints, and what went wrong on the way. */
export interface TrainingOutcome {
  readonly maps: string;
  readonly splits: readonly SplitResult[];
  /** How the whole run ended. */
  readonly reason: EndReason;
  /** What was thrown in the splits whose reason is "failed". */
  readonly failures: readonly unknown[];
}

/**
 * Trains `experiment` into the new folder `maps`.
 * @throws InputError with every problem, before anything is written
 */
export async function runTraining(
  experiment: Experiment,
  maps: string,
  options: RunOptions,
): Promise<TrainingOutcome> {
  const problems = await newMapsProblems(maps);
  if (problems.length > 0) throw new InputError(problems);
  const prepared = await prepareRun(experiment);
  const reader = openReader(prepared.plan, { workers: experiment.n_proc, readTensor: loadTensor });
  try {
    await checkImages(prepared.plan, reader, options.onCheck);
    for (const warning of prepared.plan.warnings) options.onWarning?.(warning);
    await createMaps(maps, contentOf(prepared, await otherSplits(experiment), options));
    return await runSplits(prepared, maps, reader, options);
  } finally {
    await reader.close();
  }
}

/** Trains the splits of a MAPS that exists, from their checkpoints where they have one. */
export async function runSplits(
  prepared: PreparedRun,
  maps: string,
  reader: RunContext["reader"],
  { engine: given, observer = () => {}, onNotice = () => {}, signal, gyrusVersion, command }: RunOptions,
): Promise<TrainingOutcome> {
  const { engine, atOnce } = sideBySide(prepared, given, onNotice);
  const run = await startRun(maps, { gyrusVersion, command });
  const { library, version, device } = engine.description;
  await run.setEngine(`${library} ${version} (${device})`);
  await clearStopRequest(maps);
  const stop = () => (signal?.aborted ? "batch" : stopRequest(maps));
  const context: RunContext = { prepared, maps, engine, atOnce, reader, observer, onNotice, stop };
  const splits: SplitResult[] = [];
  const failures: unknown[] = [];
  let left = prepared.plan.splits.length;
  try {
    for (const split of prepared.plan.splits) {
      if (stop() !== null) break;
      const finished = await finishedSplit(maps, split.split, prepared);
      if (finished !== null) onNotice(`Split ${split.split} has finished already.`);
      const outcome =
        finished === null ? await runSplit(context, split) : { results: finished, failures: [] };
      splits.push(...outcome.results);
      failures.push(...outcome.failures);
      left -= 1;
    }
  } catch (error) {
    await run.end("failed", failureText(error));
    throw error;
  }
  const { reason, message } = overallEnd(splits, left);
  await run.end(reason, message);
  await clearStopRequest(maps);
  return { maps, splits, reason, failures };
}

/** The end that asks most for attention, with its message; of the last split when all went well. */
function overallEnd(
  splits: readonly SplitResult[],
  left: number,
): { readonly reason: EndReason; readonly message: string } {
  const untouched = {
    reason: "stopped" as const,
    message: `Stopped on request; ${left} ${left === 1 ? "split is" : "splits are"} left.`,
  };
  const last = splits.at(-1);
  if (last === undefined) return untouched;
  const concerning = (["failed", "stopped", "nan"] as const)
    .map((reason) => splits.find((split) => split.reason === reason))
    .find((split) => split !== undefined);
  return concerning ?? (left > 0 ? untouched : last);
}

function contentOf(
  prepared: PreparedRun,
  untrained: readonly SplitRows[],
  { engine, gyrusVersion }: RunOptions,
) {
  const { experiment, plan, network } = prepared;
  const groups = [...plan.splits, ...untrained].map(({ split, train, validation }) => ({
    split,
    train: train.map(groupRow),
    validation: validation.map(groupRow),
  }));
  const sessions = [
    ...plan.splits.flatMap(({ train, validation }) => [...train, ...validation]),
    ...(prepared.transfer?.sessions ?? []),
  ];
  const unique = new Map(
    sessions.map(({ participantId, sessionId }) => [
      `${participantId}\t${sessionId}`,
      { participantId, sessionId },
    ]),
  );
  const { library, version } = engine.description;
  return {
    experiment,
    facts: {
      partsPerImage: plan.partNumbers.length,
      inputSize: plan.inputSize,
      outputSize: outputSizeOf(prepared),
    },
    gyrusVersion,
    environment: { gyrus: gyrusVersion, [library]: version },
    model: networkText(network),
    trainValidation: [...unique.values()],
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
