/** Where the answers of a trained MAPS come from. */
import { basename } from "node:path";
import { commands, l10n, type QuickPickItem, ThemeIcon } from "vscode";
import type { ExplainSubject } from "../../../webview/explain/messages";
import { INTERPRETATION_METHODS, type InterpretationMethod } from "../../maps/folder/interpretationRecord";
import type { Gyrus } from "../gyrus";
import { notify } from "../report";
import { askedMaps, ownGroups, tellFailure } from "./resultCommands";
import { runWithProgress } from "./runWithProgress";
import { askSteps, BACK, choose } from "./steps";

interface Question {
  readonly group: string;
  /** Maps that are there, which are opened; null: those of a method are made. */
  readonly known: ExplainSubject | null;
  readonly method: InterpretationMethod;
  readonly node: number;
}

/** Opens maps of where in the images the answers of a MAPS come from, over the anatomy; those that are not there yet are made first. */
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
    async ({ group = "" }, place) => {
      const items = [...(await knownMaps(maps, group)), ...methods()];
      const picked = await choose(place, l10n.t("By which method?"), items);
      return picked === undefined || picked === BACK
        ? picked
        : { method: picked.method, known: picked.known };
    },
    async ({ known }, place) => {
      if (known !== null || classes.length < 2) return { node: 0 };
      const items = classes.map((label, node) => ({ label, node }));
      const picked = await choose(place, l10n.t("What speaks for which class?"), items);
      return picked === undefined || picked === BACK ? picked : { node: picked.node };
    },
  ]);
  if (answers?.known) return await gyrus.panels.explain(answers.known);
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
  if (reply?.ok) {
    const made = (await explanations(maps, group)).find((one) => one.name === name);
    return made === undefined ? undefined : await gyrus.panels.explain(made);
  }
  tellFailure(gyrus, l10n.t("{0} was not explained.", group), { reply, result });
}

interface MethodItem extends QuickPickItem, Pick<Question, "known" | "method"> {}

async function explanations(maps: string, group: string): Promise<readonly ExplainSubject[]> {
  const [{ openResults }, { explanationsOfGroup }] = await Promise.all([
    import("../../report/reading/readGroupResults"),
    import("../panels/explain/readExplained"),
  ]);
  return await explanationsOfGroup(await openResults(maps), maps, group);
}

const knownMaps = async (maps: string, group: string): Promise<readonly MethodItem[]> =>
  (await explanations(maps, group)).map((known) => ({
    label: known.name,
    description: l10n.t("made before, by {0}", `split-${known.split}/best-${known.metric}`),
    iconPath: new ThemeIcon("layers"),
    known,
    method: "gradients",
  }));

const methods = (): readonly MethodItem[] => {
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
  return INTERPRETATION_METHODS.map((method) => ({
    label: method,
    detail: detail[method],
    known: null,
    method,
  }));
};
