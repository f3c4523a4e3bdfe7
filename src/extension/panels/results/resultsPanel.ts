/** Results of data groups: one panel for each group of a MAPS. They read and never write, so untrusted workspaces have them too. */
import { basename } from "node:path";
import { commands, l10n, Uri, workspace } from "vscode";
import type { FromResults, ToResults } from "../../../../webview/results/messages";
import { resultsStrings } from "../../../../webview/results/strings";
import { figureStrings, runStrings } from "../../../../webview/shared/strings";
import { type ImageFound, imageOfSession } from "../../../report/reading/imageOfSession";
import { METHOD_WORDS } from "../../../report/results/resultsWords";
import { FIGURE_REASONS, INSTEAD_OF_DELONG } from "../../../run/figureWords";
import { UNDEFINED_REASONS } from "../../../run/undefinedReasons";
import { notify } from "../../report";
import { besideLayer, mapLayer, openImage } from "../nifti/openImage";
import type { PanelKind } from "../panelKind";
import { translations } from "../panelTexts";
import { kept } from "../restoredState";
import { saveFile } from "../saveFile";
import { fromResultsSchema } from "./resultsMessages";
import { type AskedSession, type ResultsEditor, ResultsSession, type ResultsSubject } from "./resultsSession";

export const resultsPanel: PanelKind<ResultsSubject, FromResults, ToResults> = {
  page: ({ maps, group }) => ({
    viewType: "gyrus.results",
    bundle: "results",
    title: l10n.t("{0} in {1}", group, basename(maps)),
  }),
  key: ({ maps, group }) => `${maps}\t${group}`,
  messages: fromResultsSchema,
  restored: (state) => {
    const [maps, group] = [kept(state, "maps"), kept(state, "group")];
    return typeof maps === "string" && typeof group === "string" ? { maps, group } : undefined;
  },
  serve: (subject, { post, open }) => {
    const texts = translations(
      runStrings,
      resultsStrings,
      figureStrings,
      METHOD_WORDS,
      FIGURE_REASONS,
      INSTEAD_OF_DELONG,
      UNDEFINED_REASONS,
    );
    return new ResultsSession(subject, texts, post, editorOf(subject, open));
  },
};

const editorOf = ({ maps }: ResultsSubject, open: (subject: ResultsSubject) => void): ResultsEditor => ({
  shownPath: (path) => workspace.asRelativePath(path),
  image: openSession,
  sideBySide: openTwo,
  noMap: async ({ session }) => {
    const explain = { title: l10n.t("Explain Predictions"), run: () => explainMaps(maps) };
    notify("information", l10n.t("There is no such map of {0}.", session.participantId), [explain]);
  },
  explain: explainMaps,
  report: async () => {
    await commands.executeCommand("gyrus.writeReport", maps);
  },
  group: open,
  save: (name, content) => saveFile(Uri.file(maps), name, content),
});

async function explainMaps(maps: string): Promise<void> {
  await commands.executeCommand("gyrus.interpret", maps);
}

async function openSession(asked: AskedSession, map: string | null): Promise<void> {
  const image = await imageOf(asked);
  if (image !== null) await openImage(image, map === null ? [] : [mapLayer(map)]);
  else if (map !== null) await openImage(Uri.file(map));
}

/** Whom there is no image of is told, and the other one is opened alone. */
async function openTwo(left: AskedSession, right: AskedSession): Promise<void> {
  const found = [await imageOf(left), await imageOf(right)].filter((image) => image !== null);
  const [image, beside] = found;
  if (image !== undefined) await openImage(image, beside === undefined ? [] : [besideLayer(beside)]);
}

/** Null where it is not there, which is told. */
async function imageOf({ read, found, session }: AskedSession): Promise<Uri | null> {
  const image = await imageOfSession({
    maps: found.maps,
    json: read.json,
    source: found.source,
    session,
    folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
  });
  if (image.kind === "found") return Uri.file(image.file);
  notify("warning", missingWords(image, session.participantId));
  return null;
}

function missingWords(image: Exclude<ImageFound, { kind: "found" }>, participant: string): string {
  return image.kind === "no-folder"
    ? l10n.t("The images of {0} are not here: {1}.", participant, image.folder)
    : l10n.t("{0} has no image {1} in {2}.", participant, image.pattern, image.folder);
}
