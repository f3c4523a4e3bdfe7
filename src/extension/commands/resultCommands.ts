/** What is done with a trained MAPS: predict new data, show how well, and where its answers come from. */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { commands, l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import { nameFault } from "../../experiment/names";
import type { ProblemCode } from "../../experiment/problems/table";
import { isSplitGroup } from "../../experiment/splitGroups";
import type { ReplyProblem } from "../../run/commandReply";
import type { MapsView } from "../experiments/mapsView";
import type { Gyrus } from "../gyrus";
import { phraseHere } from "../language";
import { problemWords } from "../problemWords";
import { type NotificationAction, notify } from "../report";
import type { ProgramResult } from "../trainer/shortProgram";
import { lastLines } from "../trainer/trainerLog";
import { chooseFolder, chooseTable, testTables } from "./chooseData";
import { runWithProgress, showLog } from "./runWithProgress";
import { ask, askSteps, BACK, choose, type Step } from "./steps";
import { givenGroup, oneMaps } from "./targets";
import { mayTrain } from "./trainingCommands";

const hasModels = (view: MapsView) => view.splits.some(({ metrics }) => metrics.length > 0);

/** The MAPS that a trainer is asked about; undefined when none may start, or there is none. */
const askedMaps = async (gyrus: Gyrus, given: readonly unknown[], title: string) =>
  mayTrain() ? await oneMaps(gyrus, given, title, hasModels) : undefined;

/** Data groups but those that the networks learned from and were chosen by. */
const ownGroups = (view: MapsView | null) => (view?.groups ?? []).filter((group) => !isSplitGroup(group));

interface NewGroup {
  readonly group: string;
  readonly caps: string;
  readonly table: string;
}

/** Predicts a data group with the best models of a MAPS, and shows how well. */
export async function predict(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const title = l10n.t("Predict New Data");
  const maps = await askedMaps(gyrus, given, title);
  if (maps === undefined) return;
  const known = ownGroups(await gyrus.experiments.readNow(maps));
  const { findDataFolders } = await import("./dataFolders");
  const found = await findDataFolders((workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath));
  const tables = await testTables(found.splits);
  const isKnown = ({ group }: Partial<NewGroup>) => group !== undefined && known.includes(group);
  // A group that the MAPS knows knows its data.
  const ofNewGroup =
    (step: Step<NewGroup>): Step<NewGroup> =>
    async (answers, place) =>
      isKnown(answers) ? {} : step(answers, place);
  const answers = await askSteps<NewGroup>(title, [
    askGroup(known),
    ofNewGroup(async (_answers, place) => {
      const caps = await chooseFolder(place, l10n.t("Which CAPS holds the images?"), found.images);
      return typeof caps === "string" ? { caps } : caps;
    }),
    ofNewGroup(async (_answers, place) => {
      const table = await chooseTable(place, l10n.t("Which table lists the participants?"), tables);
      return typeof table === "string" ? { table } : table;
    }),
  ]);
  if (answers?.group === undefined) return;
  const { group, caps, table } = answers;
  const data = caps === undefined || table === undefined ? [] : ["--caps", caps, "--tsv", table];
  await predictGroup(gyrus, { maps, group, table }, data);
}

/** Participants that the networks were trained or chosen on are refused, and so are their images under other names. */
const LEAKS = ["group.leak", "group.copies"] as const satisfies readonly ProblemCode[];
/** So are people whose diagnoses the networks were not trained on; where a table holds others too they are left out. */
const NO_DIAGNOSIS = "group.no-row-of-diagnoses" satisfies ProblemCode;
const LEFT_OUT = "group.rows-left-out" satisfies ProblemCode;

interface Prediction {
  readonly maps: string;
  readonly group: string;
  /** Of a new group. */
  readonly table: string | undefined;
}

async function predictGroup(gyrus: Gyrus, asked: Prediction, words: readonly string[]): Promise<void> {
  const { maps, group, table } = asked;
  const result = await runWithProgress(
    gyrus,
    ["predict", maps, group, ...words, "--json"],
    l10n.t("Predicting {0} with {1}", group, basename(maps)),
  );
  if (result === null) return;
  gyrus.experiments.touch(maps);
  const { readWarned } = await import("./replies");
  const reply = readWarned(result.output);
  if (reply?.ok) {
    const leftOut = reply.result.warnings.filter(({ code }) => code === LEFT_OUT);
    if (leftOut.length > 0) notify("warning", problemWords(leftOut), [showLog(gyrus)]);
    return showGroup(gyrus, maps, group);
  }
  const way = (title: string, more: () => Promise<readonly string[]>): NotificationAction => ({
    title,
    run: async () => predictGroup(gyrus, asked, [...words, ...(await more())]),
  });
  const has = (wanted: ProblemCode) => reply?.problems.some(({ code }) => code === wanted) === true;
  const ways = [
    ...(LEAKS.some(has) ? [way(l10n.t("Predict All the Same"), async () => ["--skip-leak-check"])] : []),
    ...(has(NO_DIAGNOSIS) && table !== undefined
      ? [way(l10n.t("Predict Without Labels"), async () => everyDiagnosis(table))]
      : []),
  ];
  tellFailure(gyrus, l10n.t("{0} was not predicted.", group), { reply, result }, ways);
}

/** Options that take everyone of `table`. The networks do not know these diagnoses: they cannot be right or wrong. */
async function everyDiagnosis(table: string): Promise<readonly string[]> {
  const { readTable } = await import("../../data/tables/table");
  const { rows } = await readTable(table);
  const found = new Set(rows.map(({ values }) => values.diagnosis ?? ""));
  return ["--no-labels", ...[...found].flatMap((diagnosis) => ["--diagnoses", diagnosis])];
}

/** Shows how well the best models of a MAPS do on one of its data groups. */
export async function showResults(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const maps = await oneMaps(gyrus, given, l10n.t("Show Results"), hasModels);
  if (maps === undefined) return;
  const groups = (await gyrus.experiments.readNow(maps))?.groups ?? [];
  const group =
    givenGroup(given) ?? (await window.showQuickPick(groups, { title: l10n.t("Which data group?") }));
  if (group !== undefined) await showGroup(gyrus, maps, group);
}

async function showGroup(gyrus: Gyrus, maps: string, group: string): Promise<void> {
  await gyrus.panels.openResults({ maps, group });
}

function askGroup(known: readonly string[]): Step<NewGroup> {
  const check = (name: string) => {
    if (isSplitGroup(name)) return l10n.t("{0} is a group of the training.", name);
    const fault = nameFault(name, known);
    return fault === null ? undefined : l10n.t("This name cannot be taken: {0}.", phraseHere(fault));
  };
  return async (_answers, place) => {
    const prompt =
      known.length === 0
        ? l10n.t("Name of the data group")
        : l10n.t("Name of the data group: a new one, or {0} once more", known.join(", "));
    const group = await ask(place, prompt, known[0] ?? "test", check);
    return typeof group === "string" ? { group } : group;
  };
}

interface Question {
  readonly group: string;
  readonly method: "gradients" | "grad-cam";
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

const methods = (): (QuickPickItem & { label: Question["method"] })[] => [
  { label: "gradients", detail: l10n.t("How much each voxel moves the answer.") },
  { label: "grad-cam", detail: l10n.t("Where the last features stand that speak for the answer.") },
];

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

function tellFailure(
  gyrus: Gyrus,
  what: string,
  { reply, result }: Failure,
  ways: readonly NotificationAction[] = [],
): void {
  const said = reply === null ? lastLines(result.messages) : problemWords(reply.problems);
  notify("error", `${what} ${said}`, [...ways, showLog(gyrus)]);
}
