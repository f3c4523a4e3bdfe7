/** How the prediction of a group on a cluster is worded, in tree, status bar, tooltips and menus alike. */
import { l10n } from "vscode";
import type { PredictionJob, PredictionState } from "../../cluster/predictionState";
import { goesOn, isLive } from "../../run/state";
import { statusWord } from "../experiments/statusWord";
import { counted } from "../language";
import { countWords } from "./clusterWords";

/** How many of its parts are answered. */
export const partsDone = ({ parts }: Pick<PredictionState, "parts">): number =>
  parts.filter(({ state }) => state === "finished").length;

/** "predicting on the cluster, 3 of 5 parts", with how many failed while others go on. */
export function predictionWords(prediction: PredictionState): string {
  const { state, parts } = prediction;
  const many = counted("{0} of {1} {1|part|parts}", partsDone(prediction), parts.length);
  const failed = goesOn(state) ? parts.filter((part) => part.state === "failed") : [];
  return [doing(prediction), many, ...(failed.length === 0 ? [] : [countWords(failed)])].join(", ");
}

function doing(prediction: PredictionState): string {
  const { state, parts } = prediction;
  if (goesOn(state) && partsDone(prediction) === parts.length)
    return l10n.t("writing the tables on the cluster");
  if (isLive(state)) return l10n.t("predicting on the cluster");
  return l10n.t("prediction on the cluster: {0}", statusWord(state));
}

/** "queued: Resources", "running on node7", "failed: OUT_OF_MEMORY" */
export function jobWords({ state, reason, node, requeued }: PredictionJob): string {
  const word = statusWord(state);
  if (state === "running" && node !== null) return l10n.t("{0} on {1}", word, node);
  const said = reason === null ? word : l10n.t("{0}: {1}", word, reason);
  return requeued ? l10n.t("{0}, to be started again", said) : said;
}

/** Parts that a line names: of hundreds that wait for one thing no more are wanted. */
const MOST_PARTS = 10;

/**
 * What is to be known of each part that is not answered, those in the same state in one line: "parts 2, 4: queued: Resources"; then of
 * the job that writes the tables. The first line is that of the row.
 */
export function predictionLines(prediction: PredictionState): readonly string[] {
  const { parts, join } = prediction;
  const byWords = new Map<string, number[]>();
  for (const [part, job] of parts.entries()) {
    if (job.state === "finished") continue;
    const words = jobWords(job);
    byWords.set(words, [...(byWords.get(words) ?? []), part]);
  }
  const lines = [...byWords].map(([words, numbers]) => {
    const more = numbers.length > MOST_PARTS ? ["…"] : [];
    const named = [...numbers.slice(0, MOST_PARTS), ...more].join(", ");
    return counted("{0|part|parts} {1}: {2}", numbers.length, named, words);
  });
  return [
    predictionWords(prediction),
    ...lines,
    ...(join.state === "finished" ? [] : [l10n.t("joining of its tables: {0}", jobWords(join))]),
  ];
}

/** The jobs whose logs tell most: those that failed, else all that have printed. `part` is null for the one that writes the tables. */
export function logsOf({ parts, join }: PredictionState) {
  const jobs = [...parts.map((job, part) => ({ part, job })), { part: null, job: join }];
  const printed = jobs.flatMap(({ part, job }) => (job.log === null ? [] : [{ part, job, log: job.log }]));
  const failed = printed.filter(({ job }) => job.state === "failed");
  return failed.length > 0 ? failed : printed;
}

/** "test, part 3" */
export const placeInGroup = (group: string, part: number | null): string =>
  part === null ? l10n.t("{0}, joining of its tables", group) : l10n.t("{0}, part {1}", group, part);
