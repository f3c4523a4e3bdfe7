import { clippingFactor } from "../../optimizer/clipping";
import type { UpdateOptions } from "../engine";
import type { StepOptions } from "./optimizer";
import type { ParameterGroups } from "./parameterGroups";

/**
 * What an update asks of the optimizer.
 * @param scale of the sums that the gradients are
 * @param normOfSums norm of order `type` of all these sums together; asked for only where it decides
 * @throws EngineError unless there is a learning rate for each group
 */
export async function stepOptionsOf(
  { rates, clip }: UpdateOptions,
  scale: number,
  groups: ParameterGroups,
  normOfSums: (type: number) => number | Promise<number>,
): Promise<StepOptions> {
  const rateOf = groups.rateOf(rates);
  if (clip === undefined) return { scale, rateOf };
  if ("value" in clip) return { scale, rateOf, limit: clip.value };
  const total = scale * (await normOfSums(clip.type ?? 2));
  return { scale: scale * clippingFactor(clip.norm, total), rateOf };
}
