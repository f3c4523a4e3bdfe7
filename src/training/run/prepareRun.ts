/** Everything about a run that can be known and refused before it leaves a trace: data, network, loss. */
import { auditedPlan } from "../../audit/auditPlan";
import type { Acceptable } from "../../audit/check";
import type { Study } from "../../audit/study";
import { workerCount } from "../../data/nifti/volumeReader";
import type { DataPlan } from "../../data/plan/experimentData";
import { imagesOf } from "../../data/plan/experimentData";
import type { HeaderProgress } from "../../data/sources/images";
import type { Experiment } from "../../experiment/experiment";
import { experimentNetwork, outputsOf } from "../../experiment/experimentNetwork";
import { asInputError } from "../../experiment/problems/architectureProblem";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { classWeightProblems } from "../../experiment/taskChecks";
import { refusingFolder } from "../../files/writable";
import { type Session, uniqueSessions } from "../../maps/folder/groups";
import type { NetworkFacts } from "../../maps/folder/mapsJson";
import type { StoredSession } from "../../maps/folder/trainingSpace";
import type { Network } from "../../network/network";
import { checkTrainable } from "../../network/shapes/shape";
import { checkParameterCount } from "../../network/weights/parameters";
import { frozenParameters } from "../../network/weights/transfer";
import { geometryOf } from "../../space/geometry";
import { planTransfer, type TransferSource } from "../loop/transfer";
import type { Learned } from "../results/prediction";

export interface PreparedRun {
  /** With the label code that the tables gave it, and the number of workers of this machine. */
  readonly experiment: Experiment;
  readonly plan: DataPlan;
  /** What was audited before an image was read. */
  readonly study: Study;
  /** The same for every split, and for every part of a multi-network. */
  readonly network: Network;
  readonly learned: Learned;
  /** Parts that have a network of their own, by place among the parts; a single null when one network sees all. */
  readonly networks: readonly (number | null)[];
  /** Null without transfer. */
  readonly transfer: TransferSource | null;
  /** Names of the parameters that keep the values of the transfer. */
  readonly frozen: ReadonlySet<string>;
}

/**
 * Throws an InputError with every problem of the tables, the images' headers, or the network, and with every leak and other error
 * of the audit that is not accepted. What it warns of stands among the warnings of the plan.
 */
export async function prepareRun(
  experiment: Experiment,
  accepted: ReadonlySet<Acceptable>,
  onHeader?: HeaderProgress,
): Promise<PreparedRun> {
  const { plan, study } = await auditedPlan(experiment, accepted, onHeader);
  const network = experimentNetwork(experiment, {
    inputSize: plan.inputSize,
    classes: plan.classes.length,
  });
  const problems = [
    ...problemsOf("architecture", () => checkParameterCount(network)),
    ...batchProblems(experiment, plan, network),
    ...classWeightProblems(experiment, plan.classes.length),
    ...multiNetworkProblems(experiment, plan),
    ...(await cacheProblems(experiment)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const networks = experiment.multi_network ? [...plan.partNumbers.keys()] : [null];
  const splits = plan.splits.map(({ split }) => split);
  const transfer = await planTransfer(experiment, { network, splits, networks });
  return {
    experiment: {
      ...experiment,
      label_code: plan.labelCode,
      // ClinicaDL, which reads maps.json too, knows a number alone.
      n_proc: experiment.n_proc ?? workerCount(null),
    },
    plan,
    study,
    network,
    learned: { task: experiment.network_task, classes: plan.classes },
    networks,
    transfer,
    frozen: transfer === null ? new Set() : frozenParameters(network, experiment.nb_unfrozen_layer),
  };
}

/** What maps.json says of the networks besides the experiment. */
export function networkFacts({ learned, plan }: PreparedRun): NetworkFacts {
  const { inputSize, partNumbers } = plan;
  const outputSize =
    learned.task === "reconstruction" ? inputSize : outputsOf(learned.task, learned.classes.length);
  return { partsPerImage: partNumbers.length, inputSize, outputSize };
}

/** Sessions that the networks of this run see, those of a transfer included: nobody of them may be in a test group. */
export function seenSessions({ plan, transfer }: PreparedRun): Session[] {
  const images = plan.splits.flatMap(({ train, validation }) => [...train, ...validation]);
  return uniqueSessions([...images, ...(transfer?.sessions ?? [])]);
}

/** How the images of this run are stored. */
export function storedSessions({ plan }: PreparedRun): StoredSession[] {
  const images = plan.splits.flatMap(imagesOf);
  return images.flatMap(({ participantId, sessionId, cohort, file }) => {
    const header = plan.headers.get(file);
    if (header === undefined) return [];
    return [{ participantId, sessionId, cohort, geometry: geometryOf(header.affine, header.voxelSize) }];
  });
}

/** A batch norm cannot train on one value a channel: the sizes of a whole batch and of a last, shorter one must both do. */
function batchProblems(
  { batch_size: batchSize, multi_network: several }: Experiment,
  plan: DataPlan,
  network: Network,
): Problem[] {
  // Each of several networks sees one part of an image.
  const seen = several ? 1 : plan.partNumbers.length;
  const inputs = plan.splits.map(({ train }) => train.length * seen);
  const sizes = inputs.flatMap((count) => [Math.min(batchSize, count), count % batchSize]);
  const smallest = Math.min(...sizes.filter((size) => size > 0));
  return problemsOf("batch_size", () => checkTrainable(network, smallest));
}

/** What `check` of the network room refuses, as bad input at the key `where`. */
function problemsOf(where: string, check: () => void): Problem[] {
  try {
    check();
    return [];
  } catch (error) {
    return [...asInputError(error, where).problems];
  }
}

async function cacheProblems({ cache_directory: folder }: Experiment): Promise<Problem[]> {
  const refusing = folder === null ? null : await refusingFolder(folder);
  if (folder === null || refusing === null) return [];
  return [problem("cache.unwritable", { file: folder, where: "cache_directory" }, { folder: refusing })];
}

function multiNetworkProblems({ multi_network: several }: Experiment, plan: DataPlan): Problem[] {
  if (!several || plan.partNumbers.length > 1) return [];
  return [problem("multi-network.one-part", { where: "multi_network" })];
}
