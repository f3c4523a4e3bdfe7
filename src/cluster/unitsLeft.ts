/** Which units of an experiment are to be trained: known without a look into an image, but for the header of one that is cut in parts. */

import { partNumbers } from "../data/parts/parts";
import { planInput } from "../data/plan/inputPlan";
import { readSplit } from "../data/plan/splits";
import { placeOf, readCohorts } from "../data/sources/cohorts";
import { locateImages } from "../data/sources/images";
import type { Experiment } from "../experiment/experiment";
import { InputError, type Problem } from "../experiment/problems/problem";
import { splitNumbers } from "../experiment/splitNumbers";
import { splitProblems } from "../experiment/taskChecks";
import type { SubmittedUnit } from "./records";

/** All units of a new MAPS. @throws InputError with what is wrong with the tables */
export async function unitsOf(experiment: Experiment): Promise<SubmittedUnit[]> {
  refuseErrors(splitProblems(experiment));
  const networks = await networksOf(experiment);
  return numbered(
    splitNumbers(experiment).flatMap((split) => networks.map((network) => ({ split, network }))),
  );
}

/** Tasks of an array are counted from 0. */
export const numbered = (
  units: readonly { readonly split: number; readonly network: number | null }[],
): SubmittedUnit[] => units.map(({ split, network }, task) => ({ task, split, network }));

async function networksOf(experiment: Experiment): Promise<(number | null)[]> {
  const cohorts = await readCohorts(experiment);
  const problems: Problem[] = [];
  const splits = [];
  for (const split of splitNumbers(experiment)) {
    splits.push(await readSplit(cohorts, split, experiment, problems));
  }
  refuseErrors(problems);
  if (!experiment.multi_network) return [null];
  const first = splits.flatMap(({ train }) => train).slice(0, 1);
  const { grid } = await locateImages(first, experiment, problems);
  refuseErrors(problems);
  if (grid === undefined) return [null];
  const masks = cohorts[0] ?? placeOf(experiment.caps_directory, experiment.images);
  const { cut } = await planInput(experiment, grid, masks);
  return [...partNumbers(cut).keys()];
}

function refuseErrors(problems: readonly Problem[]): void {
  if (problems.some(({ severity }) => severity === "error")) throw new InputError(problems);
}
