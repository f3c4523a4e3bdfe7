/** How a run on a cluster is worded, in tree, panel, status bar and notifications alike. */
import { env, l10n } from "vscode";
import type { ClusterState, ClusterUnit } from "../../cluster/clusterState";
import { goesOn, isLive, RUN_STATES } from "../../run/state";
import { statusWord } from "../experiments/statusWord";
import { counted } from "../language";

/** "queued: Resources", "running on node7 since 14:03", "failed: out of memory", with how often it was started again. */
export function unitWords({ state, reason, node, since, requeued }: ClusterUnit): string {
  const word = statusWord(state);
  const said = reason === null ? word : l10n.t("{0}: {1}", word, reason);
  const again = requeued === 0 ? [] : [counted("requeued {0} {0|time|times}", requeued)];
  return [state === "running" ? runningWords(word, node, since) : said, ...again].join(" · ");
}

function runningWords(word: string, node: string | null, since: number): string {
  const place = node === null ? word : l10n.t("{0} on {1}", word, node);
  return l10n.t("{0} since {1}", place, momentWords(since));
}

/** The time of today, else with its day. */
function momentWords(time: number): string {
  const moment = new Date(time);
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday
    ? moment.toLocaleTimeString(env.language, { timeStyle: "short" })
    : moment.toLocaleString(env.language, { dateStyle: "short", timeStyle: "short" });
}

/**
 * What a run does as a whole. Of several units that are in one state the state; else how many are in which. Of one unit all that is
 * known.
 */
export function clusterWords({ check, units, join }: ClusterState): string {
  if (check !== null && isLive(check.state)) return l10n.t("checks the images");
  if (units.every(({ state }) => state === "finished") && join !== null && join.state !== "finished")
    return goesOn(join.state) ? l10n.t("joins the results") : l10n.t("results not joined");
  const [first, ...others] = units;
  if (first === undefined || others.some(({ state }) => state !== first.state)) return countWords(units);
  if (others.length === 0) return unitWords(first);
  const reasons = new Set(units.map(({ reason }) => reason));
  return first.reason === null || reasons.size > 1
    ? statusWord(first.state)
    : l10n.t("{0}: {1}", statusWord(first.state), first.reason);
}

/** "2 running, 3 queued", in the order of the states. */
export function countWords(units: readonly Pick<ClusterUnit, "state">[]): string {
  return RUN_STATES.flatMap((state) => {
    const many = units.filter((unit) => unit.state === state).length;
    return many === 0 ? [] : [`${many} ${statusWord(state)}`];
  }).join(", ");
}

/** "split 1, network 3" */
export const placeWords = ({ split, network }: Pick<ClusterUnit, "split" | "network">): string =>
  network === null ? l10n.t("split {0}", split) : l10n.t("split {0}, network {1}", split, network);

/** Why units failed, a line each: "split 1: out of memory". */
export const failureWords = (units: readonly ClusterUnit[]): readonly string[] =>
  units
    .filter(({ state, reason }) => state === "failed" && reason !== null)
    .map((unit) => l10n.t("{0}: {1}", placeWords(unit), unit.reason ?? ""));
