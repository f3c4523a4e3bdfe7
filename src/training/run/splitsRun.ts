/** The splits of a MAPS: those that are left and that no other process trains, one after the other or side by side. */
import type { SplitPlan } from "../../data/plan/experimentData";
import { refuse } from "../../experiment/problems/makeProblem";
import { mapsPlace } from "../../maps/folder/place";
import type { UnitEnd } from "../../maps/units/records";
import { Units } from "../../maps/units/units";
import { failureProblems } from "../failureProblems";
import { notice } from "../notices";
import { waitingOf } from "../waitingNotices";
import { changedAccumulation } from "./changedRule";
import { engineRecord } from "./engineRecord";
import { finishedSplit } from "./finishedSplit";
import type { RunContext } from "./openTraining";
import type { PreparedRun } from "./prepareRun";
import type { ChosenOptions, TrainingOutcome } from "./runOptions";
import { roomHere, runAtOnce, sideBySide } from "./sideBySide";
import { endOf, type SplitResult } from "./splitResult";
import { runSplit, type SplitOutcome } from "./splitRun";

/** Trains the splits of a MAPS that exists, from their checkpoints where they have one. */
export async function runSplits(
  prepared: PreparedRun,
  maps: string,
  reader: RunContext["reader"],
  options: ChosenOptions,
): Promise<TrainingOutcome> {
  const {
    observer = () => {},
    onNotice = () => {},
    onWarning = () => {},
    signal,
    gyrusVersion,
    command,
    join = false,
  } = options;
  const unfinished = await countUnfinished(prepared, maps);
  const { engine, atOnce, splitsAtOnce } = sideBySide(
    prepared,
    unfinished,
    options.engine,
    roomHere(prepared.experiment),
    onNotice,
  );
  const described = { gyrusVersion, command, engine: engineRecord(engine.description) };
  const changed = await changedAccumulation(prepared, maps);
  if (changed !== null) onNotice(changed);
  const units = await Units.open(maps, described, {
    join,
    ...(options.network !== undefined && { own: ownUnit(prepared, maps, options.network) }),
    ...waitingOf(options),
  });
  const stop = () => (signal?.aborted ? "batch" : units.stopAsked());
  const context: RunContext = {
    prepared,
    maps,
    engine,
    atOnce,
    splitsAtOnce,
    reader,
    observer,
    onNotice,
    onWarning,
    stop,
    units,
    network: options.network,
  };
  const outcomes = new Map<number, SplitOutcome>();
  let left: readonly SplitPlan[];
  try {
    left =
      options.network === undefined
        ? await trainFree(context, prepared.plan.splits, outcomes)
        : await trainOwn(context, prepared.plan.splits, outcomes);
    const results = [...outcomes.values()].flatMap((outcome) => outcome.results);
    if (stop() !== null && results.every(({ reason }) => reason !== "stopped"))
      await sayStopped(context, left, results);
  } catch (error) {
    await units.close({ reason: "failed", problems: failureProblems(error) });
    throw error;
  }
  const splits = inOrder(prepared, outcomes).flatMap(({ results }) => results);
  const end = overallEnd(splits, stop() === null ? 0 : left.length);
  const { reason } = end;
  await units.close(end);
  if (reason !== "stopped") for (const { split } of left) onNotice(notice("split-left", { split }));
  const failures = inOrder(prepared, outcomes).flatMap((outcome) => outcome.failures);
  const sets = prepared.plan.splits.map(({ split, flow }) => ({ split, ...flow }));
  return { maps, sets, splits, reason, failures };
}

/** Side by side a later split may come to its end first. */
const inOrder = ({ plan }: PreparedRun, outcomes: ReadonlyMap<number, SplitOutcome>) =>
  plan.splits.flatMap(({ split }) => outcomes.get(split) ?? []);

async function countUnfinished(prepared: PreparedRun, maps: string): Promise<number> {
  const finished = await Promise.all(
    prepared.plan.splits.map(({ split }) => finishedSplit(maps, split, prepared)),
  );
  return finished.filter((results) => results === null).length;
}

/**
 * Trains until a stop all that nobody else trains. What others held is looked at again in the end: they may have gone, or have left
 * the results of a split to who comes last.
 * @param outcomes gets what was trained here, by split
 * @returns the splits that are not finished
 */
async function trainFree(
  context: RunContext,
  splits: readonly SplitPlan[],
  outcomes: Map<number, SplitOutcome>,
): Promise<readonly SplitPlan[]> {
  let waiting = splits;
  for (let again = false; ; again = true) {
    const left: SplitPlan[] = [];
    if (again) await context.units.letGo();
    await runAtOnce(
      waiting,
      context.splitsAtOnce,
      async (split) => {
        const outcome = context.stop() === null ? await trainSplit(context, split, again) : null;
        if (outcome !== null) outcomes.set(split.split, outcome);
        if (outcome === null || outcome.left) left.push(split);
      },
      () => false,
    );
    left.sort((a, b) => a.split - b.split);
    if (left.length === 0 || context.stop() !== null || (again && left.length === waiting.length))
      return left;
    waiting = left;
  }
}

const ownUnit = ({ plan }: PreparedRun, maps: string, network: number | null) =>
  mapsPlace(maps).split(plan.splits[0]!.split).network(network);

/** Trains the one unit that this process is for. @throws InputError when another process trains it */
async function trainOwn(
  context: RunContext,
  splits: readonly SplitPlan[],
  outcomes: Map<number, SplitOutcome>,
): Promise<readonly SplitPlan[]> {
  for (const split of splits) {
    if (context.stop() !== null) return [split];
    const outcome = await runSplit(context, split);
    if (outcome.results.length === 0 && context.stop() === null)
      throw refuse("maps.unit-in-use", { file: context.maps }, { split: split.split });
    outcomes.set(split.split, outcome);
  }
  return [];
}

/** Null when others are at it. @param again whether others were at it before */
async function trainSplit(
  context: RunContext,
  split: SplitPlan,
  again: boolean,
): Promise<SplitOutcome | null> {
  const { maps, prepared, units, onNotice } = context;
  const finished = await finishedSplit(maps, split.split, prepared);
  if (finished !== null) {
    if (!again) onNotice(notice("split-finished", { split: split.split }));
    await settle(context, split, finished);
    return { results: finished, failures: [], left: false };
  }
  if (!again) return noneIfLeft(await runSplit(context, split));
  const place = mapsPlace(maps).split(split.split);
  const free = await Promise.all(prepared.networks.map((network) => units.isFree(place.network(network))));
  if (free.includes(false)) return null;
  if (!prepared.experiment.multi_network) return noneIfLeft(await runSplit(context, split));
  const whole = await units.take(place.network());
  return whole === null ? null : noneIfLeft(await runSplit(context, split, whole));
}

/** The records of a split that has finished must not speak of one that was interrupted. */
async function settle(
  { maps, prepared, units }: RunContext,
  { split }: SplitPlan,
  finished: readonly SplitResult[],
): Promise<void> {
  const place = mapsPlace(maps).split(split);
  const end = endOf(finished)!;
  for (const network of new Set([...prepared.networks, null]))
    await units.settle(place.network(network), end);
}

const noneIfLeft = (outcome: SplitOutcome) => (outcome.left && outcome.results.length === 0 ? null : outcome);

/** A stop between two networks or splits is recorded with the next one, which nobody has begun. */
async function sayStopped(
  { maps, prepared, units }: RunContext,
  left: readonly SplitPlan[],
  results: readonly SplitResult[],
): Promise<void> {
  const [next] = left;
  if (next === undefined) return;
  const done = results.flatMap(({ split, network = null }) => (split === next.split ? [network] : []));
  const network = prepared.networks.find((one) => !done.includes(one)) ?? null;
  const unit = await units.take(mapsPlace(maps).split(next.split).network(network));
  if (unit !== null) await units.finish(unit, { reason: "stopped", problems: [] });
}

function overallEnd(splits: readonly SplitResult[], left: number): UnitEnd {
  const end = endOf(splits);
  const concerning = end?.reason === "failed" || end?.reason === "stopped" || end?.reason === "nan";
  if (end !== undefined && (concerning || left === 0)) return end;
  // Without an end of its own and nothing left, all that is left is trained by others.
  return { reason: left > 0 ? "stopped" : "completed", problems: [] };
}
