/** What a network of a split came to, as `gyrus train --json` prints it. */
import type { Problem } from "../../experiment/problems/problem";
import type { UnitEnd } from "../../maps/units/records";
import type { BestEpochs, EndReason } from "../../run/events";
import { type ShownMetrics, shownMetrics } from "../../statistics/metrics/compute";

export interface SplitResult {
  readonly split: number;
  /** Place of the part in a multi-network; absent when one network sees all. */
  readonly network?: number;
  /** Epochs that were run. */
  readonly epochs: number;
  readonly reason: EndReason;
  /** What failed; none for any other reason. */
  readonly problems: readonly Problem[];
  /** By selection metric: the epoch of the best model, from 0, and its validation metrics; null where they are undefined. */
  readonly best: Readonly<Record<string, { readonly epoch: number; readonly validation: ShownMetrics }>>;
  /** By selection metric: validation metrics of the images for which the parts voted; absent in image mode. */
  readonly images?: Readonly<Record<string, ShownMetrics>>;
}

export interface NetworkSummary extends UnitEnd {
  readonly network: number | null;
  readonly epochs: number;
  readonly best: BestEpochs;
}

export function splitResult(
  split: number,
  { network, epochs, reason, problems, best }: NetworkSummary,
  images: Readonly<Record<string, ShownMetrics>>,
): SplitResult {
  return {
    split,
    ...(network !== null && { network }),
    epochs,
    reason,
    problems,
    best: Object.fromEntries(
      Object.entries(best).map(([metric, { epoch, validation, undefinedMetrics }]) => [
        metric,
        { epoch, validation: shownMetrics(validation, undefinedMetrics) },
      ]),
    ),
    ...(Object.keys(images).length > 0 && { images }),
  };
}

/** The end that asks most for attention; the last where all went well, undefined where nothing was trained. */
export function endOf(splits: readonly SplitResult[]): SplitResult | undefined {
  const concerning = (["failed", "stopped", "nan"] as const)
    .map((reason) => splits.find((split) => split.reason === reason))
    .find((split) => split !== undefined);
  return concerning ?? splits.at(-1);
}
