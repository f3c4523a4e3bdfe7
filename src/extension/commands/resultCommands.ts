/** What is shown of a trained MAPS: how well it does. */
import { l10n, window } from "vscode";
import { isSplitGroup } from "../../experiment/splitGroups";
import type { ReplyProblem } from "../../run/commandReply";
import type { MapsView } from "../experiments/mapsView";
import type { Gyrus } from "../gyrus";
import { problemWords } from "../problemWords";
import { type NotificationAction, notify } from "../report";
import type { ProgramResult } from "../trainer/shortProgram";
import { lastLines } from "../trainer/trainerLog";
import { showLog } from "./runWithProgress";
import { givenGroup, oneMaps } from "./targets";
import { mayChange } from "./trainingCommands";

const hasModels = (view: MapsView) => view.splits.some(({ metrics }) => metrics.length > 0);

/** The MAPS that a trainer is asked about; undefined when none may start, or there is none. */
export const askedMaps = async (gyrus: Gyrus, given: readonly unknown[], title: string) =>
  mayChange() ? await oneMaps(gyrus, given, title, hasModels) : undefined;

/** Data groups but those that the networks learned from and were chosen by. */
export const ownGroups = (view: MapsView | null) =>
  (view?.groups ?? []).filter((group) => !isSplitGroup(group));

/** Shows how well the best models of a MAPS do on one of its data groups. */
export async function showResults(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const maps = await oneMaps(gyrus, given, l10n.t("Show Results"), hasModels);
  if (maps === undefined) return;
  const groups = (await gyrus.experiments.readNow(maps))?.groups ?? [];
  const group =
    givenGroup(given) ?? (await window.showQuickPick(groups, { title: l10n.t("Which data group?") }));
  if (group !== undefined) await showGroup(gyrus, maps, group);
}

export async function showGroup(gyrus: Gyrus, maps: string, group: string): Promise<void> {
  await gyrus.panels.openResults({ maps, group });
}

interface Failure {
  /** Null where the trainer ended without an answer. */
  readonly reply: { readonly problems: readonly ReplyProblem[] } | null;
  readonly result: ProgramResult;
}

export function tellFailure(
  gyrus: Gyrus,
  what: string,
  { reply, result }: Failure,
  ways: readonly NotificationAction[] = [],
): void {
  const said = reply === null ? lastLines(result.messages) : problemWords(reply.problems);
  notify("error", `${what} ${said}`, [...ways, showLog(gyrus)]);
}
