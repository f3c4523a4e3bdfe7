/** What is shown of a trained MAPS: how well it does, and where its answers come from. */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { commands, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import { isSplitGroup } from "../../experiment/splitGroups";
import { INTERPRETATION_METHODS, type InterpretationMethod } from "../../maps/folder/interpretationRecord";
import type { ReplyProblem } from "../../run/commandReply";
import type { MapsView } from "../experiments/mapsView";
import type { Gyrus } from "../gyrus";
import { problemWords } from "../problemWords";
import { type NotificationAction, notify } from "../report";
import type { ProgramResult } from "../trainer/shortProgram";
import { lastLines } from "../trainer/trainerLog";
import { runWithProgress, showLog } from "./runWithProgress";
import { askSteps, BACK, choose } from "./steps";
import { givenGroup, oneMaps } from "./targets";
import { mayTrain } from "./trainingCommands";

const hasModels = (view: MapsView) => view.splits.some(({ metrics }) => metrics.length > 0);

/** The MAPS that a trainer is asked about; undefined when none may start, or there is none. */
export const askedMaps = async (gyrus: Gyrus, given: readonly unknown[], title: string) =>
  mayTrain() ? await oneMaps(gyrus, given, title, hasModels) : undefined;

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

interface Question {
  readonly group: string;
  readonly method: InterpretationMethod;
  readonly node: number;
}

/** Draws where in the images the answers of a MAPS come from, and opens the mean of the drawings. */
export async function interpret(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const title = l10n.t("Explain Predictions");
  const maps = await askedMaps(gyrus, given, title);
  if (maps === undefined) return;
  const groups = ownGroups(await gyrus.experiments.readNow(maps));
  if (groups.length === 0) {
    const message = l10n.t(
      "{0} has predicted no data yet: what is explained are predictions.",
      basename(maps),
    );
    const predictFirst = () => commands.executeCommand("gyrus.predict", maps);
    notify("information", message, [{ title: l10n.t("Predict New Data"), run: predictFirst }]);
    return;
  }
  const { readMaps } = await import("../../maps/folder/summary");
  const classes = (await readMaps(maps))?.settings.classes ?? [];
  const answers = await askSteps<Question>(title, [
    async (_answers, place) => {
      const items = groups.map((label) => ({ label }));
      const picked = await choose(place, l10n.t("Which data group?"), items);
      return picked === undefined || picked === BACK ? picked : { group: picked.label };
    },
    async (_answers, place) => {
      const picked = await choose(place, l10n.t("By which method?"), methods());
      return picked === undefined || picked === BACK ? picked : { method: picked.label };
    },
    async (_answers, place) => {
      if (classes.length < 2) return { node: 0 };
      const items = classes.map((label, node) => ({ label, node }));
      const picked = await choose(place, l10n.t("What speaks for which class?"), items);
      return picked === undefined || picked === BACK ? picked : { node: picked.node };
    },
  ]);
  if (answers?.group === undefined || answers.method === undefined || answers.node === undefined) return;
  const { group, method, node } = answers;
  const name = [method, ...(classes[node] === undefined ? [] : [classes[node]])]
    .join("-")
    .replace(/[^\w-]+/g, "_");
  const words = ["interpret", maps, group, name, method, "--node", String(node), "--overwrite", "--json"];
  const result = await runWithProgress(gyrus, words, l10n.t("Explaining {0} by {1}", group, method));
  if (result === null) return;
  const { readInterpretation } = await import("./replies");
  const reply = readInterpretation(result.output);
  if (reply?.ok) return await openMean(reply.result.folders, maps, group);
  tellFailure(gyrus, l10n.t("{0} was not explained.", group), { reply, result });
}

const methods = (): (QuickPickItem & { label: InterpretationMethod })[] => {
  const detail: Readonly<Record<InterpretationMethod, string>> = {
    gradients: l10n.t("How much each voxel moves the answer."),
    "grad-cam": l10n.t("Where the last features stand that speak for the answer."),
    "integrated-gradients": l10n.t(
      "What each voxel adds to the answer on the way from an empty image: the map adds up to the answer.",
    ),
    occlusion: l10n.t(
      "How much the answer falls when a block of the image is hidden: slow, and easy to understand.",
    ),
  };
  return INTERPRETATION_METHODS.map((label) => ({ label, detail: detail[label] }));
};

/** Over the image of one of the group, where there is one. */
async function openMean(folders: readonly string[], maps: string, group: string): Promise<void> {
  const [folder] = folders;
  const mean =
    folder === undefined ? undefined : (await readdir(folder)).find((file) => file.startsWith("mean_"));
  if (folder === undefined || mean === undefined) return;
  const [{ mapLayer, openImage }, { anatomyOfGroup }] = await Promise.all([
    import("../panels/nifti/openImage"),
    import("../panels/results/groupAnatomy"),
  ]);
  const roots = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const anatomy = await anatomyOfGroup(maps, group, roots).catch(() => null);
  const map = join(folder, mean);
  if (anatomy === null) await openImage(Uri.file(map));
  else await openImage(Uri.file(anatomy), [mapLayer(map)]);
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
