/** Takes the jobs of a run, or those that predict a group, out of the queue of a cluster, or ends them there. */
import { basename } from "node:path";
import { l10n } from "vscode";
import type { JobChoice } from "../../cluster/cancelJobs";
import { goesOn } from "../../run/state";
import { placeWords } from "../cluster/clusterWords";
import { givenJobs, givenPrediction } from "../cluster/givenJobs";
import { canCancelJobs, type MapsView } from "../experiments/mapsView";
import type { Gyrus } from "../gyrus";
import { counted, describeHere } from "../language";
import { confirm, notify } from "../report";
import { oneMaps } from "./targets";
import { mayChange } from "./trainingCommands";

/**
 * Of a row of a split, a network or a group its jobs, else all of the run and of its predictions: only those that the scheduler confirms
 * are cancelled.
 */
export async function cancelJobs(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const maps = await oneMaps(gyrus, given, l10n.t("Cancel Cluster Jobs"), canCancelJobs);
  if (maps === undefined) return;
  const name = basename(maps);
  const view = gyrus.experiments.view(maps);
  const meant = meantBy(name, view, given);
  if (meant === null) {
    notify("information", l10n.t("{0} has no job that waits or runs.", name));
    return;
  }
  const { question, choice } = meant;
  const detail = meant.details.join("\n\n");
  if (!(await confirm("warning", question, { detail, yes: l10n.t("Cancel the Jobs") }))) return;
  const jobs = await import("../../cluster/cancelJobs");
  const { cancelled, refused } = await jobs.cancelJobs(maps, choice);
  await gyrus.queue.askNow();
  gyrus.experiments.touch(maps);
  const [first, ...more] = refused;
  if (first !== undefined) {
    const also = more.length === 0 ? "" : ` ${counted("({0} more {0|problem|problems})", more.length)}`;
    notify("warning", `${describeHere(first)}${also}`);
  }
  if (cancelled.length > 0)
    notify("information", counted("{0}: {1} {1|job was|jobs were} cancelled.", name, cancelled.length));
}

interface Meant {
  readonly question: string;
  /** What becomes of that which has begun. */
  readonly details: readonly string[];
  /** Null for everything. */
  readonly choice: JobChoice | null;
}

/** Null where nothing of it waits or runs. */
function meantBy(name: string, view: MapsView | undefined, given: readonly unknown[]): Meant | null {
  const prediction = givenPrediction(view, given);
  if (prediction !== undefined) {
    const { group, state } = prediction;
    if (!goesOn(state)) return null;
    const question = l10n.t("Cancel the prediction of {0} with {1}?", group, name);
    return { question, details: [partsKept()], choice: { units: [], groups: [group] } };
  }
  const units = givenJobs(view, given);
  if ((view !== undefined && !canCancelJobs(view)) || units?.length === 0) return null;
  const trained = l10n.t(
    "What has begun ends at its last checkpoint. Submit Again goes on from there; what is finished keeps its results.",
  );
  const [only, ...others] = units ?? [];
  if (only === undefined) {
    const groups = (view?.predictions ?? []).filter(({ state }) => goesOn(state)).map(({ group }) => group);
    const also = counted(
      "The {0|prediction|predictions} of {1} {0|is|are} among them.",
      groups.length,
      groups.join(", "),
    );
    return {
      question: l10n.t("Cancel all jobs of {0}?", name),
      details: groups.length === 0 ? [trained] : [also, trained, partsKept()],
      choice: null,
    };
  }
  const question =
    others.length === 0
      ? l10n.t("Cancel the job of {0}, {1}?", name, placeWords(only))
      : counted("Cancel {0} {0|job|jobs} of {1}?", others.length + 1, name);
  return { question, details: [trained], choice: { units: units ?? [], groups: [] } };
}

const partsKept = () =>
  l10n.t("Parts that are answered are kept: the same `gyrus submit-predict` submits the others.");
