/** Where the answers for a data group come from: one panel for the maps of one name. They read and never write, so untrusted workspaces have them too. */
import { basename } from "node:path";
import { l10n, Uri, workspace } from "vscode";
import { z } from "zod";
import type { ExplainSubject, FromExplain, ToExplain } from "../../../../webview/explain/messages";
import { explainStrings } from "../../../../webview/explain/strings";
import { volumeStrings } from "../../../../webview/shared/volume/strings";
import { chooseLayer } from "../nifti/chooseLayer";
import { fileOf, layerFile } from "../nifti/niftiFile";
import type { PanelKind } from "../panelKind";
import { nameSchema } from "../panelMessages";
import { translations } from "../panelTexts";
import { kept } from "../restoredState";
import { saveFile } from "../saveFile";
import { fromExplainSchema } from "./explainMessages";
import { ExplainSession } from "./explainSession";

const subjectSchema: z.ZodType<ExplainSubject> = z.object({
  maps: z.string(),
  group: nameSchema,
  split: z.int().nonnegative(),
  metric: nameSchema,
  name: nameSchema,
});

export const explainPanel: PanelKind<ExplainSubject, FromExplain, ToExplain> = {
  page: ({ maps, group, name }) => ({
    viewType: "gyrus.explain",
    bundle: "explain",
    title: l10n.t("{0} of {1} in {2}", name, group, basename(maps)),
  }),
  key: ({ maps, group, split, metric, name }) => [maps, group, split, metric, name].join("\t"),
  messages: fromExplainSchema,
  restored: (state) => subjectSchema.safeParse(kept(state, "subject")).data,
  serve: (subject, { post, open }) =>
    new ExplainSession(subject, translations(volumeStrings, explainStrings), post, {
      folders: (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
      file: (path) => fileOf(Uri.file(path), false),
      layerFile,
      chooseLayer: (path) => chooseLayer(Uri.file(path)),
      open,
      save: (name, content) => saveFile(Uri.file(subject.maps), name, content),
    }),
};
