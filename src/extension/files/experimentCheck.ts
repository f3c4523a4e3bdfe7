/** What is wrong with an experiment file, and what it will train on: at once from its text, then from its data. */

import { auditedPlan } from "../../audit/auditPlan";
import type { DataPlan } from "../../data/plan/experimentData";
import type { Experiment } from "../../experiment/experiment";
import { experimentNetwork } from "../../experiment/experimentNetwork";
import { resolveWithFiles } from "../../experiment/file/resolve";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { readTransferSource } from "../../maps/folder/transferSource";
import { reasonOf } from "../../messages/reasonOf";
import { countParameters } from "../../network/weights/parameters";
import type { SplitFlow } from "../../statistics/dataFlow";

export interface TextCheck {
  /** Null when it cannot be trained as it is. */
  readonly experiment: Experiment | null;
  readonly problems: readonly Problem[];
}

export const checkText = (json: unknown, file: string): Promise<TextCheck> => resolveWithFiles(json, file);

/** What an experiment will train on and with, as far as its data can be read. */
export interface ExperimentFacts {
  /** [channels, ...spatial] of one input of the network. */
  readonly inputSize: readonly number[];
  readonly partsPerImage: number;
  /** Who is in the sets of the first split that is trained, and who was left out. */
  readonly flow: SplitFlow | null;
  readonly splits: number;
  readonly classes: readonly string[];
  /** Trainable parameters; null when the network cannot be built. */
  readonly parameters: number | null;
}

export interface DataCheck {
  readonly problems: readonly Problem[];
  /** Null when the data cannot be used. */
  readonly facts: ExperimentFacts | null;
}

/** Reads tables and headers of images: seconds, for a large study. Never rejects. */
export async function checkData(experiment: Experiment): Promise<DataCheck> {
  const [{ problems, facts }, ofTransfer] = await Promise.all([
    checkPlan(experiment),
    transferProblems(experiment),
  ]);
  return { problems: [...ofTransfer, ...problems], facts };
}

async function transferProblems(experiment: Experiment): Promise<readonly Problem[]> {
  try {
    await readTransferSource(experiment);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    return [problem("data.unreadable", { where: "transfer_path" }, { reason: reasonOf(error) })];
  }
}

async function checkPlan(experiment: Experiment): Promise<DataCheck> {
  try {
    const { plan } = await auditedPlan(experiment);
    const { parameters, problems } = checkNetwork(experiment, plan);
    return { facts: factsOf(plan, parameters), problems: [...plan.warnings, ...problems] };
  } catch (error) {
    if (error instanceof InputError) return { problems: error.problems, facts: null };
    const reason = reasonOf(error);
    return { problems: [problem("data.unreadable", { where: "caps_directory" }, { reason })], facts: null };
  }
}

function factsOf(
  { inputSize, partNumbers, splits, classes }: DataPlan,
  parameters: number | null,
): ExperimentFacts {
  const [first] = splits;
  return {
    inputSize,
    partsPerImage: partNumbers.length,
    flow: first?.flow ?? null,
    splits: splits.length,
    classes,
    parameters,
  };
}

function checkNetwork(
  experiment: Experiment,
  { inputSize, classes }: DataPlan,
): { readonly parameters: number | null; readonly problems: readonly Problem[] } {
  try {
    const network = experimentNetwork(experiment, { inputSize, classes: classes.length });
    return { parameters: countParameters(network), problems: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { parameters: null, problems: error.problems };
  }
}
