import { clippingFactor } from "../../optimizer/clipping";
import type { UpdateOptions } from "../engine";
import type { StepOptions } from "./optimizer";
import type { ParameterGroups } from "./parameterGroups";

/**
 * What an update asks of the optimizer, whose gradients are sums over `batches`.
 * @param normOfSums norm of order `type` of all these sums together; asked for only where it decides
 * @throws EngineError unless there is a learning rate for each group
 */
export async function stepOptionsOf(
  { reduction, rates, clip }: UpdateOptions,
  batches: number,
  groups: ParameterGroups,
  normOfSums: (type: number) => number | Promise<number>,
): Promise<StepOptions> {
  const rateOf = groups.rateOf(rates);
  const scale = reduction === "mean" ? 1 / batches : 1;
  if (clip === undefined) return { scale, rateOf };
  if ("value" in clip) return { scale, rateOf, limit: clip.value };
  const total = scale * (await normOfSums(clip.type ?? 2));
  return { scale: scale * clippingFactor(clip.norm, total), rateOf };
}
