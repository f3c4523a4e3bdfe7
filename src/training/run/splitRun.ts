/** One split: its networks in turn or side by side, then their results. */
import { rm } from "node:fs/promises";
import type { SplitPlan } from "../../data/plan/experimentData";
import { phrase } from "../../experiment/problems/phrases";
import type { SplitGroup } from "../../experiment/splitGroups";
import { mapsPlace } from "../../maps/folder/place";
import type { Unit } from "../../maps/units/units";
import type { ShownMetrics } from "../../statistics/metrics/compute";
import { leadingMetrics } from "../../statistics/metrics/metrics";
import type { Task } from "../../statistics/task";
import { type Notice, notice } from "../notices";
import {
  describeGroup,
  describeNoneLeft,
  keepResults,
  type NetworkPredictions,
  type ResultsContext,
  votingWeights,
  writeGroupResults,
} from "../results/groupResults";
import { type NetworkOutcome, runNetwork } from "./networkRun";
import type { RunContext } from "./openTraining";
import { runAtOnce } from "./sideBySide";
import { endOf, type SplitResult, splitResult } from "./splitResult";

export interface SplitOutcome {
  readonly results: readonly SplitResult[];
  readonly failures: readonly unknown[];
  /** Others train networks of it, and who is last among them writes the results; or a stop came before all had begun. */
  readonly left: boolean;
}

/**
 * Runs the networks of a split that nobody else trains, until a stop. Failures are recorded and told, not thrown.
 * @param held the unit of the split as a whole, where this process has taken it already
 */
export async function runSplit(
  context: RunContext,
  split: SplitPlan,
  held: Unit | null = null,
): Promise<SplitOutcome> {
  const { maps, prepared, units, atOnce, stop } = context;
  const place = mapsPlace(maps).split(split.split);
  // One network that sees all is the unit of its split.
  const whole = { unit: held };
  const outcomes = await runAtOnce(
    context.network === undefined ? prepared.networks : [context.network],
    atOnce,
    async (network) => {
      const unit = await units.take(place.network(network));
      if (unit === null) return null;
      const outcome = await runNetwork(context, split, network);
      if (network === null) whole.unit = unit;
      else await units.finish(unit, outcome);
      return outcome;
    },
    // Also one that was asked for while a network came to its own end.
    (outcome) => outcome?.reason === "stopped" || stop() !== null,
  );
  const trained = outcomes.filter((outcome) => outcome !== null);
  const complete =
    trained.length === prepared.networks.length && trained.every(({ predictions }) => predictions !== null);
  if (complete) whole.unit ??= await units.take(place.network());
  if (complete) units.requireMaps();
  const images = complete && whole.unit !== null ? await writeResults(context, split, trained) : {};
  if (complete && whole.unit !== null) await rm(place.tmp, { recursive: true, force: true });
  const results = trained.map((outcome) => splitResult(split.split, outcome, images));
  if (whole.unit !== null) {
    await units.finish(whole.unit, endOf(results) ?? LEFT);
  }
  return {
    results,
    failures: trained.flatMap(({ reason, failure }) => (reason === "failed" ? [failure] : [])),
    left:
      outcomes.length < prepared.networks.length ||
      outcomes.includes(null) ||
      (complete && whole.unit === null),
  };
}

const LEFT = { reason: "stopped", problems: [] } as const;

/** The results of the groups train and validation for every selection metric that has a best model of every network. */
async function writeResults(
  { prepared, maps, onNotice }: RunContext,
  split: SplitPlan,
  outcomes: readonly NetworkOutcome[],
): Promise<Record<string, ShownMetrics>> {
  const { experiment, learned } = prepared;
  const place = mapsPlace(maps).split(split.split);
  const images: Record<string, ShownMetrics> = {};
  for (const metric of experiment.selection_metrics) {
    if (!outcomes.every(({ predictions }) => predictions?.has(metric))) continue;
    const context: ResultsContext = { best: place.best(metric), experiment, learned };
    const validation = predictionsOfGroup(outcomes, metric, "validation");
    const voting = votingWeights(context, validation);
    if (voting?.noneLeft) onNotice(describeNoneLeft(context));
    const write = async (group: SplitGroup, networks: readonly NetworkPredictions[]) => {
      const results = { description: describeGroup(group, split[group] ?? []), networks, labelled: true };
      const kept = await keepResults(
        context.best.results(group),
        experiment.preprocessing_dict.mode,
        async (where) => ({
          voted: await writeGroupResults(context, where, results, voting?.weights ?? null),
        }),
      );
      return kept?.voted ?? null;
    };
    await write("train", predictionsOfGroup(outcomes, metric, "train"));
    if (split.outer !== undefined) await write("outer", predictionsOfGroup(outcomes, metric, "outer"));
    const voted = await write("validation", validation);
    if (voted === null) continue;
    images[metric] = voted;
    // A single part does not vote: what it comes to has been told.
    if (prepared.plan.partNumbers.length === 1) continue;
    const parts = prepared.plan.partNumbers.length;
    onNotice(describeTogether({ split: split.split, metric, parts }, voted, learned.task));
  }
  return images;
}

/** What the parts of an image come to together, for the user: by the metric that leads the task. */
function describeTogether(
  of: { readonly split: number; readonly metric: string; readonly parts: number },
  together: ShownMetrics,
  task: Task,
): Notice {
  const figures = leadingMetrics(task).map((name) => {
    const value = together[name];
    return value == null ? phrase("undefined-figure", { name }) : `${name} ${value.toFixed(4)}`;
  });
  return notice("parts-together", { ...of, figures });
}

function predictionsOfGroup(
  outcomes: readonly NetworkOutcome[],
  metric: string,
  group: SplitGroup,
): NetworkPredictions[] {
  return outcomes.map(({ network, predictions }) => ({
    network,
    predictions: predictions!.get(metric)![group] ?? [],
  }));
}
