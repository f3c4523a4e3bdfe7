/** Takes the jobs of a run out of the queue of a cluster, or ends them there. */
import { basename } from "node:path";
import { l10n } from "vscode";
import { placeWords } from "../cluster/clusterWords";
import { givenJobs } from "../cluster/givenJobs";
import { canCancelJobs } from "../experiments/mapsView";
import type { Gyrus } from "../gyrus";
import { counted, describeHere } from "../language";
import { confirm, notify } from "../report";
import { oneMaps } from "./targets";
import { mayChange } from "./trainingCommands";

/** Of a row of a split or a network its jobs, else all of the run: only those that the scheduler confirms are cancelled. */
export async function cancelJobs(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const maps = await oneMaps(gyrus, given, l10n.t("Cancel Cluster Jobs"), canCancelJobs);
  if (maps === undefined) return;
  const name = basename(maps);
  const view = gyrus.experiments.view(maps);
  const units = givenJobs(view, given);
  if ((view !== undefined && !canCancelJobs(view)) || units?.length === 0) {
    notify("information", l10n.t("{0} has no job that waits or runs.", name));
    return;
  }
  const [only, ...others] = units ?? [];
  const question =
    only === undefined
      ? l10n.t("Cancel all jobs of {0}?", name)
      : others.length === 0
        ? l10n.t("Cancel the job of {0}, {1}?", name, placeWords(only))
        : counted("Cancel {0} {0|job|jobs} of {1}?", others.length + 1, name);
  const detail = l10n.t(
    "What has begun ends at its last checkpoint. Submit Again goes on from there; what is finished keeps its results.",
  );
  if (!(await confirm("warning", question, { detail, yes: l10n.t("Cancel the Jobs") }))) return;
  const jobs = await import("../../cluster/cancelJobs");
  const { cancelled, refused } = await jobs.cancelJobs(maps, units ?? null);
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
