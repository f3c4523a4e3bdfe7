/**
 * Transfer learning: which weights of another MAPS each network of this run starts from. Everything is opened and compared before the
 * run begins, so that a source that does not fit is refused at once.
 */
import { existsSync } from "node:fs";
import type { Experiment } from "../../experiment/experiment";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { phraseOf } from "../../experiment/problems/networkSentence";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { readTrainValidation, type Session } from "../../maps/folder/groups";
import { writeJson } from "../../maps/folder/json";
import type { MapsPlace, NetworkPlace } from "../../maps/folder/place";
import { findPlace } from "../../maps/folder/splits";
import { readTransferSource } from "../../maps/folder/transferSource";
import { loadModel } from "../../maps/weights/model";
import type { Network } from "../../network/network";
import { initialState } from "../../network/weights/initialise";
import type { StateDict } from "../../network/weights/tensor";
import { type Transfer, TransferError, transferState } from "../../network/weights/transfer";
import { type Notice, notice } from "../notices";

export interface TransferSource {
  readonly place: MapsPlace;
  readonly metric: string;
  /** The source has one network a part. */
  readonly multiNetwork: boolean;
  /** What its networks were trained and validated on: a test group of the target must not hold it either. */
  readonly sessions: readonly Session[];
}

/** A network of a split, here or in the source. */
type TrainedNetwork = Pick<NetworkPlace, "split" | "network">;

export interface TransferTarget {
  readonly network: Network;
  readonly splits: readonly number[];
  readonly networks: readonly (number | null)[];
}

/** The source of an experiment's transfer, null when it has none. Throws an InputError with all that does not fit. */
export async function planTransfer(
  experiment: Experiment,
  target: TransferTarget,
): Promise<TransferSource | null> {
  const { transfer_path: maps, transfer_selection_metric: metric } = experiment;
  const parameters = await readTransferSource(experiment);
  if (maps === null || parameters === null) return null;
  const multiNetwork = parameters.json.multi_network === true;
  if (multiNetwork && target.networks.includes(null)) {
    throw refuse("transfer.multi-network", { where: "multi_network" }, { maps });
  }
  const [place, sessions] = [await findPlace(maps), await readTrainValidation(maps)];
  const source = { place, metric, multiNetwork, sessions };
  const places = target.splits.flatMap((split) => target.networks.map((network) => ({ split, network })));
  const problems: Problem[] = [];
  const initial = initialState(target.network, 0);
  for (const place of places)
    problems.push(...(await transferProblems(source, place, target.network, initial)));
  if (problems.length > 0) throw new InputError(problems);
  return source;
}

async function transferProblems(
  source: TransferSource,
  place: TrainedNetwork,
  network: Network,
  initial: StateDict,
): Promise<Problem[]> {
  const file = sourceFile(source, place);
  if (!existsSync(file)) {
    const values = { file, split: place.split, metric: source.metric };
    return [problem("transfer.no-model", { where: "transfer_path" }, values)];
  }
  try {
    await transferFrom(source, place, network, initial);
    return [];
  } catch (error) {
    if (error instanceof InputError) return [...error.problems];
    if (!(error instanceof TransferError)) throw error;
    const values = { reason: phraseOf(error.detail), remedy: phraseOf(error.remedy) };
    return [problem("transfer.does-not-fit", { file, where: "transfer_path" }, values)];
  }
}

/** The state that a network starts from, and which of its tensors came from the source. */
export async function transferFrom(
  source: TransferSource,
  place: TrainedNetwork,
  network: Network,
  initial: StateDict,
): Promise<Transfer> {
  const { state } = await loadModel(sourceFile(source, place));
  return transferState(state, { network, state: initial });
}

/** Keeps with the run what was taken from where. */
export async function recordTransfer(
  source: TransferSource,
  place: NetworkPlace,
  { report }: Transfer,
): Promise<void> {
  const file = place.transferJson;
  await writeJson(file, { source: sourceFile(source, place), ...report });
}

/** One sentence for the user: what was taken from where, and what was not. */
export function describeTransfer(
  source: TransferSource,
  place: TrainedNetwork,
  { report: { from, to, taken, kept, unused } }: Transfer,
): Notice {
  return notice("transferred", {
    split: place.split,
    network: place.network,
    taken: taken.length,
    from,
    to,
    source: sourceFile(source, place),
    kept: kept.length || null,
    keptParts: namesOf(kept),
    unused: unused.length || null,
    unusedParts: namesOf(unused),
  });
}

/** The parts of the network that the tensors are of, `fc` for `fc.2.weight`: they stay or travel together. */
function namesOf(tensors: readonly string[]): string {
  return [...new Set(tensors.map((name) => name.split(".")[0]))].join(", ");
}

/** The split of the same number; of a multi-network the network of the same part. */
function sourceFile(
  { place, metric, multiNetwork }: TransferSource,
  { split, network }: TrainedNetwork,
): string {
  return place
    .split(split)
    .network(multiNetwork ? network : null)
    .bestModel(metric);
}
