/** What a glance at the first images of an experiment tells, for views that cannot wait until all are read. */
import type { Experiment } from "../../experiment/experiment";
import { splitNumbers } from "../../experiment/splitNumbers";
import { planInput } from "../plan/inputPlan";
import { readSplit } from "../plan/splits";
import { planLabelCode } from "../plan/targets";
import { placeOf, readCohorts } from "./cohorts";
import { locateImages } from "./images";

export interface FirstImages {
  /** [channels, ...spatial] of one input; null when no image was found. */
  readonly inputSize: readonly number[] | null;
  /** Number of classes; null outside classification, and when no table tells. */
  readonly classes: number | null;
}

/** The first image of a table may be missing: a few are looked up. */
const LOOKED_UP = 8;

/**
 * Reads the tables of one split and the headers of a few images. What is wrong with them is for `planData` to say; throws an
 * InputError only where nothing can be read.
 */
export async function glanceAtImages(experiment: Experiment): Promise<FirstImages> {
  const cohorts = await readCohorts(experiment);
  const [first = 0] = splitNumbers(experiment);
  const split = await readSplit(cohorts, first, experiment, []);
  const code = planLabelCode(experiment, [split], []);
  const classes = new Set(Object.values(code ?? {})).size;
  const rows = [...split.train, ...split.validation].slice(0, LOOKED_UP);
  const { grid } = await locateImages(rows, experiment, []);
  const masks = cohorts[0] ?? placeOf(experiment.caps_directory, experiment.images);
  const input = grid === undefined ? null : await planInput(experiment, grid, masks);
  return { inputSize: input?.inputSize ?? null, classes: classes > 1 ? classes : null };
}
