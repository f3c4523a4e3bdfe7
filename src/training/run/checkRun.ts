/** Everything that is checked before a training, in the order in which it is checked. */
import { auditVoxels } from "../../audit/auditVoxels";
import { usedScans } from "../../audit/study";
import { openReader } from "../../data/batches/volumeDataset";
import { readingOf, type VolumeReader } from "../../data/nifti/volumeReader";
import { checkImages } from "../../data/sources/checkImages";
import type { Experiment } from "../../experiment/experiment";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { KnownScan } from "../../maps/folder/trainingScans";
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
    return { prepared, problems: (await checkVoxels(prepared, reader, options)).problems };
  } finally {
    await reader.close();
  }
}

/** Reads the images of a run. Close it when the run has ended. */
export const readerOf = ({ plan, experiment }: PreparedRun): VolumeReader =>
  openReader(plan, { ...readingOf(experiment), disk: diskOf(experiment), readTensor: loadTensor });

/** Trainings alone keep images: what a MAPS predicts elsewhere makes no folder there. */
const diskOf = ({ cache_directory: folder, cache_directory_gb: most }: Experiment) =>
  folder === null ? null : { folder, bytes: most * 1e9 };

export interface CheckedVoxels {
  /** All that was warned of since the plan was begun. */
  readonly problems: readonly Problem[];
  /** By which voxels the images that train and validate are known. */
  readonly scans: readonly KnownScan[];
}

export interface AuditedRun extends PreparedRun {
  readonly checked: CheckedVoxels;
}

/** Reads every image and audits what is in it. Throws an InputError with what must not be trained on. */
export async function checkVoxels(
  { plan, study }: PreparedRun,
  reader: VolumeReader,
  { onCheck, onCompare, accepted }: Omit<CheckOptions, "onHeader">,
): Promise<CheckedVoxels> {
  const facts = await checkImages(plan, reader, onCheck);
  const found = auditVoxels(study, facts, accepted, onCompare);
  if (found.some(({ severity }) => severity === "error")) throw new InputError(found);
  const scans = usedScans(study).flatMap(({ participantId, sessionId, cohort, file }) => {
    const hash = facts.get(file)?.hash;
    return hash === undefined ? [] : [{ participantId, sessionId, cohort, hash }];
  });
  return { problems: [...plan.warnings, ...found], scans };
}
