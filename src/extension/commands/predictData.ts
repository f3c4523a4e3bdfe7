/** Predicts new data with a trained MAPS, and asks what to do about people whom its networks know. */
import { basename } from "node:path";
import { l10n, workspace } from "vscode";
import type { ImageKeys } from "../../data/sources/looking/offer";
import { nameFault } from "../../experiment/names";
import type { ProblemCode } from "../../experiment/problems/table";
import { isSplitGroup } from "../../experiment/splitGroups";
import type { ReplyProblem } from "../../run/commandReply";
import type { Gyrus } from "../gyrus";
import { phraseHere } from "../language";
import { problemWords } from "../problemWords";
import { askWay, notify } from "../report";
import { chooseTable, ownTables, testTables } from "./chooseData";
import { askImages, type ChosenImages } from "./newExperiment/chooseImages";
import { askedMaps, ownGroups, showGroup, tellFailure } from "./resultCommands";
import { runWithProgress, showLog } from "./runWithProgress";
import { ask, askSteps, type Step } from "./steps";

interface NewGroup {
  readonly group: string;
  readonly data: ChosenImages;
  readonly table: string;
}

/** Predicts a data group with the best models of a MAPS, and shows how well. */
export async function predict(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const title = l10n.t("Predict New Data");
  const maps = await askedMaps(gyrus, given, title);
  if (maps === undefined) return;
  const known = ownGroups(await gyrus.experiments.readNow(maps));
  const { found, tables } = await dataNear(maps);
  const isKnown = ({ group }: Partial<NewGroup>) => group !== undefined && known.includes(group);
  // A group that the MAPS knows knows its data.
  const ofNewGroup =
    (step: Step<NewGroup>): Step<NewGroup> =>
    async (answers, place) =>
      isKnown(answers) ? {} : step(answers, place);
  const answers = await askSteps<NewGroup>(title, [
    askGroup(known),
    ofNewGroup(askImages(found)),
    ofNewGroup(async (_answers, place) => {
      const table = await chooseTable(place, l10n.t("Which table lists the participants?"), tables);
      return typeof table === "string" ? { table } : table;
    }),
  ]);
  if (answers?.group === undefined) return;
  const { group, data, table } = answers;
  const source = data === undefined || table === undefined ? null : { images: imagesWords(data.keys), table };
  await predictGroup(gyrus, { maps, group, data: source });
}

/** The options of the terminal that name images. */
const imagesWords = (keys: ImageKeys): readonly string[] =>
  "images" in keys ? ["--images", JSON.stringify(keys.images)] : ["--caps", keys.caps_directory];

/** What stands in the workspace to be predicted; first the images of the training and the tables beside its own. */
async function dataNear(maps: string) {
  const { findDataFolders } = await import("./dataFolders");
  const { lookForImages } = await import("../../data/sources/looking/lookForImages");
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const [found, { splits }] = await Promise.all([lookForImages(folders), findDataFolders(folders)]);
  const { trainingImages } = await import("./trainingImages");
  const ofTraining = await trainingImages(maps, found);
  const ofSplits = new Set([...(await ownTables(maps)), ...splits]);
  return { found: { ...found, ...ofTraining }, tables: await testTables([...ofSplits]) };
}

/** Participants that the networks were trained or chosen on are refused, and so are their images under other names. */
const EVERYONE = "group.everyone-known" satisfies ProblemCode;
const LEAKS: readonly string[] = ["group.leak", "group.copies", EVERYONE] satisfies readonly ProblemCode[];
/** People are refused whose diagnoses the networks were not trained on; where a table holds others too they are left out. */
const NO_DIAGNOSIS = "group.no-row-of-diagnoses" satisfies ProblemCode;
const LEFT_OUT: readonly string[] = [
  "group.rows-left-out",
  "group.known-left-out",
] satisfies readonly ProblemCode[];

interface Prediction {
  readonly maps: string;
  readonly group: string;
  /** Of a new group; null where the MAPS knows it. */
  readonly data: { readonly images: readonly string[]; readonly table: string } | null;
}

/** @param ways options that let pass what was refused before, or change what is asked */
async function predictGroup(gyrus: Gyrus, asked: Prediction, ways: readonly string[] = []): Promise<void> {
  const { maps, group, data } = asked;
  const words = data === null ? [] : [...data.images, "--tsv", data.table];
  const result = await runWithProgress(
    gyrus,
    ["predict", maps, group, ...words, ...ways, "--json"],
    l10n.t("Predicting {0} with {1}", group, basename(maps)),
  );
  if (result === null) return;
  gyrus.experiments.touch(maps);
  const { readWarned } = await import("./replies");
  const reply = readWarned(result.output);
  if (reply?.ok) {
    const leftOut = reply.result.warnings.filter(({ code }) => LEFT_OUT.includes(code));
    if (leftOut.length > 0) notify("warning", problemWords(leftOut), [showLog(gyrus)]);
    return showGroup(gyrus, maps, group);
  }
  const again = async (...more: readonly string[]) => predictGroup(gyrus, asked, [...ways, ...more]);
  const problems = reply?.problems ?? [];
  // With something else wrong, no way that is offered would lead on.
  if (problems.length > 0 && problems.every(({ code }) => LEAKS.includes(code))) {
    await askAboutLeak(gyrus, asked, problems, again);
    return;
  }
  const withoutLabels = {
    title: l10n.t("Predict Without Labels"),
    run: async () => again(...(await everyDiagnosis(data?.table ?? ""))),
  };
  tellFailure(
    gyrus,
    l10n.t("{0} was not predicted.", group),
    { reply, result },
    problems.some(({ code }) => code === NO_DIAGNOSIS) && data !== null ? [withoutLabels] : [],
  );
}

/** Networks answer people whom they know from memory: first the way is offered that leaves these people out. */
async function askAboutLeak(
  gyrus: Gyrus,
  asked: Prediction,
  problems: readonly ReplyProblem[],
  again: (...more: readonly string[]) => Promise<void>,
): Promise<void> {
  const leaveOut = { title: l10n.t("Leave Them Out"), run: () => again("--leave-out") };
  const another = { title: l10n.t("Choose Another Table"), run: () => predictAnother(gyrus, asked) };
  const allTheSame = { title: l10n.t("Predict All the Same"), run: () => again("--skip-leak-check") };
  const someRemain = problems.every(({ code }) => code !== EVERYONE);
  const ways = [...(someRemain ? [leaveOut] : []), another, allTheSame];
  const said = problems.map(({ message }) => message).join(" ");
  await askWay(said, l10n.t("Their results would be too good: the networks know these people."), ways);
}

async function predictAnother(gyrus: Gyrus, asked: Prediction): Promise<void> {
  const { found, tables } = await dataNear(asked.maps);
  const { data } = asked;
  const place = { title: l10n.t("Predict New Data"), step: 1, totalSteps: 1 };
  const others = tables.filter((table) => table !== data?.table);
  const table = await chooseTable(place, l10n.t("Which table lists the participants?"), others);
  if (typeof table !== "string") return;
  const [first] = found.ofTraining === undefined ? found.offers : [found.ofTraining];
  const images = data?.images ?? (first === undefined ? undefined : imagesWords(first.keys));
  if (images !== undefined) await predictGroup(gyrus, { ...asked, data: { images, table } });
}

/** Options that take everyone of `table`. The networks do not know these diagnoses: they cannot be right or wrong. */
async function everyDiagnosis(table: string): Promise<readonly string[]> {
  const { readTable } = await import("../../data/tables/table");
  const { rows } = await readTable(table);
  const found = new Set(rows.map(({ values }) => values.diagnosis ?? ""));
  return ["--no-labels", ...[...found].flatMap((diagnosis) => ["--diagnoses", diagnosis])];
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
