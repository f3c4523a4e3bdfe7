/** How much memory a network takes while it trains. */
import type { Experiment } from "../../experiment/experiment";
import type { Network } from "../../network/network";
import { flattenTrace, traceShapes } from "../../network/shapes/shape";
import { countParameters } from "../../network/weights/parameters";
import { elementCount } from "../../network/weights/tensor";
import { ruleOf } from "../../optimizer/optimizers";

const FLOAT = 4;
/** What a runtime takes for a model in a thread of its own, whatever its size; bytes. */
const OF_A_THREAD = 100e6;
/** Batches that are ready, in the making, and copied to the thread of the model. */
const BATCHES = 4;

/**
 * Bytes that the training of `network` takes beside what all models share, an estimate from above: weights, gradients, what the
 * optimizer keeps and the copy that a checkpoint is made of, once each; of every layer the output of a batch and its gradient; a few
 * batches; what the runtime takes for itself.
 */
export function trainingBytes(
  network: Network,
  experiment: Pick<Experiment, "batch_size" | "optimizer" | "optimizer_settings">,
): number {
  const { batch_size: batch, optimizer, optimizer_settings: given } = experiment;
  const moments = Object.keys(ruleOf(optimizer, given).moments).length;
  const kept = countParameters(network) * (2 + 2 * (1 + moments));
  const outputs = flattenTrace(traceShapes(network)).map(({ output }) => elementCount(output));
  const activations = 2 * batch * outputs.reduce((sum, count) => sum + count, 0);
  const inputs = BATCHES * batch * elementCount(network.inputSize);
  return OF_A_THREAD + FLOAT * (kept + activations + inputs);
}
