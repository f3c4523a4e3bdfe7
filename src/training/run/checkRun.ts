/** Everything that is checked before a training, in the order in which it is checked. */
import { auditVoxels } from "../../audit/auditVoxels";
import { openReader } from "../../data/batches/volumeDataset";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import { checkImages } from "../../data/sources/checkImages";
import type { Experiment } from "../../experiment/experiment";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { loadTensor } from "../../maps/weights/tensorFile";
import { type PreparedRun, prepareRun } from "./prepareRun";
import type { RunOptions } from "./runOptions";

type CheckOptions = Pick<RunOptions, "onHeader" | "onCheck" | "onCompare" | "accepted">;

export interface CheckedRun {
  readonly prepared: PreparedRun;
  /** Warnings and notices: what is wrong is thrown. */
  readonly problems: readonly Problem[];
}

/** Checks a training that is not begun. Throws an InputError with what must not be trained on. */
export async function checkRun(experiment: Experiment, options: CheckOptions): Promise<CheckedRun> {
  const prepared = await prepareRun(experiment, options.accepted ?? new Set(), options.onHeader);
  const reader = readerOf(prepared);
  try {
    return { prepared, problems: await checkVoxels(prepared, reader, options) };
  } finally {
    await reader.close();
  }
}

/** Reads the images of a run. Close it when the run has ended. */
export const readerOf = ({ plan, experiment }: PreparedRun): VolumeReader =>
  openReader(plan, { workers: experiment.n_proc, readTensor: loadTensor });

/**
 * Reads every image and audits what is in it. Throws an InputError with what must not be trained on.
 * @returns all that was warned of since the plan was begun
 */
export async function checkVoxels(
  { plan, study }: PreparedRun,
  reader: VolumeReader,
  { onCheck, onCompare, accepted }: Omit<CheckOptions, "onHeader">,
): Promise<readonly Problem[]> {
  const facts = await checkImages(plan, reader, onCheck);
  const found = auditVoxels(study, facts, accepted, onCompare);
  if (found.some(({ severity }) => severity === "error")) throw new InputError(found);
  return [...plan.warnings, ...found];
}
