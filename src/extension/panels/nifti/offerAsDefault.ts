/** Asks once whether images open in the viewer from now on, where VS Code has been told nothing yet. */
import { ConfigurationTarget, l10n, type Memento, workspace } from "vscode";
import { z } from "zod";
import { notify } from "../../report";

const OPENED = "gyrus.imagesOpened";
/** The first image may be a try; who opens a second one here looks at images here. */
const ASK_AT = 2;
const PATTERNS = ["*.nii", "*.nii.gz"] as const;

const associationsSchema = z.record(z.string(), z.string());

/** Counts the images that were opened; at the second one, and never again, asks. */
export async function offerAsDefault(memory: Memento): Promise<void> {
  const opened = memory.get<number>(OPENED, 0) + 1;
  if (opened > ASK_AT) return;
  await memory.update(OPENED, opened);
  if (opened < ASK_AT || PATTERNS.some((pattern) => pattern in associations())) return;
  notify("information", l10n.t("Open .nii and .nii.gz files in the image viewer of Gyrus from now on?"), [
    { title: l10n.t("Yes, Always"), run: makeDefault },
    { title: l10n.t("No"), run: () => undefined },
  ]);
}

async function makeDefault(): Promise<void> {
  const before = userAssociations();
  const chosen = Object.fromEntries(PATTERNS.map((pattern) => [pattern, "gyrus.nifti"]));
  await write({ ...before, ...chosen });
  const undo = { title: l10n.t("Undo"), run: () => write(before) };
  notify("information", l10n.t("Images open in Gyrus: workbench.editorAssociations says so."), [undo]);
}

/** Undefined takes the user's own away: it was not there before. */
const write = async (associations: Readonly<Record<string, string>> | undefined): Promise<void> => {
  await workspace
    .getConfiguration("workbench")
    .update("editorAssociations", associations, ConfigurationTarget.Global);
};

const userAssociations = () =>
  associationsSchema.safeParse(
    workspace.getConfiguration("workbench").inspect("editorAssociations")?.globalValue,
  ).data;

const associations = () =>
  associationsSchema.safeParse(workspace.getConfiguration("workbench").get("editorAssociations")).data ?? {};
