/** The network that an experiment asks for. */
import { buildNetwork, type NetworkRequest } from "../network/building/build";
import type { Network } from "../network/network";
import type { Experiment } from "./experiment";
import { asInputError } from "./problems/architectureProblem";

type NetworkKeys = Pick<Experiment, "architecture" | "network_task" | "dropout" | "latent_space_size">;

/** What only the data, or the MAPS of a training, tell. */
export interface NetworkSizes {
  /** [channels, ...spatial] of one input. */
  readonly inputSize: readonly number[];
  /** Number of classes; of no meaning outside classification. */
  readonly classes: number;
  readonly layout?: NetworkRequest["layout"];
}

/**
 * Builds it and checks every shape.
 * @param file where the experiment stands, for the problem
 * @throws InputError at the key `architecture`, when the layers and the sizes do not fit
 */
export function experimentNetwork(experiment: NetworkKeys, sizes: NetworkSizes, file?: string): Network {
  const { architecture, network_task: task, dropout, latent_space_size: latentSpaceSize } = experiment;
  const { inputSize, layout = "gyrus" } = sizes;
  const outputSize = outputsOf(task, sizes.classes);
  try {
    return buildNetwork({ architecture, inputSize, outputSize, dropout, latentSpaceSize, task, layout });
  } catch (error) {
    throw asInputError(error, "architecture", file);
  }
}

/** How many numbers a network answers that does not reconstruct: one a class, or one value. */
export function outputsOf<Classes extends number | null>(
  task: Experiment["network_task"],
  classes: Classes,
): Classes | 1 {
  return task === "classification" ? classes : 1;
}
