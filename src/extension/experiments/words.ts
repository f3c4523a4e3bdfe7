/** How states and values of experiments are worded, in the tree, the status bar and notifications alike. */
import { env, l10n } from "vscode";
import type { BestSummary } from "../../maps/folder/summary";
import { isLive } from "../../run/state";
import { spread } from "../../statistics/spread";
import { clusterWords } from "../cluster/clusterWords";
import { predictionWords } from "../cluster/predictionWords";
import { counted, phraseHere } from "../language";
import { type MapsView, openPredictions } from "./mapsView";
import { statusWord } from "./statusWord";

/** Why a training ended, in a sentence: the one that its trainer wrote, where it did. */
export function endWords({ end, failure }: MapsView): string {
  if (failure !== null) return phraseHere(failure);
  switch (end) {
    case "completed":
      return l10n.t("All epochs were run.");
    case "early_stopping":
      return l10n.t("Stopped early: the patience was used up.");
    case "stopped":
      return l10n.t("Stopped on request.");
    case "nan":
      return l10n.t("Stopped: the validation loss was not a number. A lower learning rate may help.");
    case "failed":
    case null:
      return "";
  }
}

/** "split 1 · network 3", as far as the MAPS has several. */
function placeWords(view: MapsView, place: { split: number; network: number | null }): string[] {
  const split = view.splits.length > 1 ? [l10n.t("split {0}", place.split)] : [];
  return place.network === null ? split : [...split, l10n.t("network {0}", place.network)];
}

/** "epoch 3/20", or "epoch 3" where nobody knows how many there will be. People count from 1, training.tsv from 0. */
export const epochWords = (epoch: number, epochs: number | null) =>
  epochs === null ? l10n.t("epoch {0}", epoch) : l10n.t("epoch {0}/{1}", epoch, epochs);

/** Where a run stands now: "split 1 · epoch 3/20". */
export function progressWords(view: MapsView): string[] {
  if (view.progress === null || !isLive(view.status)) return [];
  return [...placeWords(view, view.progress), epochWords(view.progress.epoch, view.epochs)];
}

const THREE_DECIMALS = { minimumFractionDigits: 3, maximumFractionDigits: 3, useGrouping: false };

/** Three digits say what a validation set of some hundred images can tell; never "-0" or "NaN" without a word. */
export function valueWords(value: number | null): string {
  if (value === null) return l10n.t("not given");
  if (Number.isNaN(value)) return l10n.t("not a number");
  return Math.abs(value) >= 0.001 || value === 0
    ? value.toLocaleString(env.language, THREE_DECIMALS)
    : value.toExponential(2);
}

/** What a best model reached: a validation set without anybody of a class leaves it undefined. */
export const reachedWords = (value: number | null) =>
  Number.isNaN(value) ? l10n.t("undefined") : valueWords(value);

export const bestWords = (best: BestSummary) => `${best.metric} ${reachedWords(best.value)}`;

/** What stands after the name of a MAPS. */
export function mapsDescription(view: MapsView): string {
  const predictions = openPredictions(view).map((one) => l10n.t("{0}: {1}", one.group, predictionWords(one)));
  return [...trainingWords(view), ...resultWords(view), ...predictions].join(" · ");
}

function trainingWords(view: MapsView): string[] {
  const progress = progressWords(view);
  if (view.cluster !== null && view.cluster.units.length > 0) {
    const alone = view.cluster.units.length === 1 ? progress : [];
    return [clusterWords(view.cluster), ...alone];
  }
  const status = view.status === "running" && progress.length > 0 ? [] : [statusWord(view.status)];
  return [...status, ...progress];
}

/** "BA 0.962", or over several splits "BA 0.891 ± 0.020 over 5 splits": their spread. */
function resultWords(view: MapsView): string[] {
  const reached = reachedBy(view);
  if (reached === null) return [];
  const words = `${reached.metric} ${valueWords(reached.value)}`;
  const { deviation, networks } = reached;
  return [
    networks === 1
      ? words
      : counted("{0} ± {1} over {2} {2|split|splits}", words, valueWords(deviation), networks),
  ];
}

/**
 * What the best models reached of the metric that leads, the mean of the splits; null where nothing tells it, and for a multi-network,
 * whose parts vote.
 */
export function reachedBy({ splits }: Pick<MapsView, "splits">) {
  const networks = splits.flatMap((split) => split.networks);
  if (networks.some(({ network }) => network !== null)) return null;
  const known = networks.flatMap((network) => {
    const [best] = network.best;
    return best === undefined || best.value === null || Number.isNaN(best.value)
      ? []
      : [{ metric: best.metric, value: best.value }];
  });
  const [first] = known;
  if (first === undefined || known.some(({ metric }) => metric !== first.metric)) return null;
  const { mean, deviation, count } = spread(known.map(({ value }) => value));
  return { metric: first.metric, value: mean, deviation, networks: count };
}
