/** One split: its networks in turn or side by side, then their results. */
import { rm } from "node:fs/promises";
import type { SplitPlan } from "../../data/plan/experimentData";
import { mapsPlace } from "../../maps/folder/place";
import type { Metrics } from "../../run/events";
import type { Task } from "../../statistics/task";
import { type NetworkOutcome, runNetwork } from "../loop/networkRun";
import {
  describeGroup,
  describeNoneLeft,
  type NetworkPredictions,
  type ResultsContext,
  votingWeights,
  writeGroupResults,
} from "../results/groupResults";
import type { RunContext } from "./openTraining";
import { runAtOnce } from "./sideBySide";
import { type SplitResult, splitResult } from "./splitResult";

export interface SplitOutcome {
  readonly results: readonly SplitResult[];
  readonly failures: readonly unknown[];
}

/** Runs the networks of a split until a stop. Failures are recorded and told, not thrown. */
export async function runSplit(context: RunContext, split: SplitPlan): Promise<SplitOutcome> {
  const outcomes = await runAtOnce(
    context.prepared.networks,
    context.atOnce,
    (network) => runNetwork(context, split, network),
    ({ reason }) => reason === "stopped",
  );
  const complete =
    outcomes.length === context.prepared.networks.length &&
    outcomes.every(({ predictions }) => predictions !== null);
  const images = complete ? await writeResults(context, split, outcomes) : {};
  if (complete) await rm(mapsPlace(context.maps).split(split.split).tmp, { recursive: true, force: true });
  return {
    results: outcomes.map((outcome) => splitResult(split.split, outcome, images)),
    failures: outcomes.flatMap(({ reason, failure }) => (reason === "failed" ? [failure] : [])),
  };
}

/** The results of the groups train and validation for every selection metric that has a best model of every network. */
async function writeResults(
  { prepared, maps, onNotice }: RunContext,
  split: SplitPlan,
  outcomes: readonly NetworkOutcome[],
): Promise<Record<string, Metrics>> {
  const { experiment, learned } = prepared;
  const place = mapsPlace(maps).split(split.split);
  const images: Record<string, Metrics> = {};
  for (const metric of experiment.selection_metrics) {
    if (!outcomes.every(({ predictions }) => predictions?.has(metric))) continue;
    const context: ResultsContext = { best: place.best(metric), experiment, learned };
    const validation = predictionsOfGroup(outcomes, metric, "validation");
    const voting = votingWeights(context, validation);
    if (voting?.noneLeft) onNotice(describeNoneLeft(context));
    const write = (group: "train" | "validation", networks: readonly NetworkPredictions[]) =>
      writeGroupResults(
        context,
        { description: describeGroup(group, split[group]), networks, labelled: true },
        voting?.weights ?? null,
      );
    await write("train", predictionsOfGroup(outcomes, metric, "train"));
    const voted = await write("validation", validation);
    if (voted === null) continue;
    images[metric] = voted;
    // A single part does not vote: what it comes to has been told.
    if (prepared.plan.partNumbers.length === 1) continue;
    onNotice(
      `Split ${split.split}, best-${metric}: ${describeVote(voted, learned.task, prepared.plan.partNumbers.length)}`,
    );
  }
  return images;
}

/** What the parts of an image come to together, for the user. */
function describeVote(voted: Metrics, task: Task, parts: number): string {
  const images = "on the validation images";
  return task === "classification"
    ? `BA ${voted.BA?.toFixed(4)} ${images} when their ${parts} parts vote.`
    : `MAE ${voted.MAE?.toFixed(4)} ${images} by the mean of their ${parts} parts.`;
}

function predictionsOfGroup(
  outcomes: readonly NetworkOutcome[],
  metric: string,
  group: "train" | "validation",
): NetworkPredictions[] {
  return outcomes.map(({ network, predictions }) => ({
    network,
    predictions: predictions!.get(metric)![group],
  }));
}
