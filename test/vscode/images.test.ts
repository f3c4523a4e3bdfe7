import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let folder: string;
let workbench: Workbench;

const NAMES = ["one.nii", "two.nii.gz", "three.nii.gz", "four.nii"] as const;
const shape = [12, 14, 10] as const;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus images é-"));
  for (const [k, name] of NAMES.entries())
    await writeNifti(join(folder, name), { shape, data: new Float32Array(1680).map((_, i) => (i % 97) + k) });
  editor = await startEditor();
  workbench = await editor.open(folder);
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Name = (typeof NAMES)[number];

/** Opens an image in the viewer, or in whatever VS Code takes for it; the editors before are closed. */
async function open(name: Name, how: "viewer" | "usual" = "viewer"): Promise<void> {
  const asked = { path: join(folder, name), viewer: how === "viewer" };
  await workbench.host(async (api, { path, viewer }: typeof asked) => {
    await api.commands.executeCommand("workbench.action.closeAllEditors");
    const uri = api.Uri.file(path);
    if (viewer) await api.commands.executeCommand("vscode.openWith", uri, "gyrus.nifti");
    else await api.commands.executeCommand("vscode.open", uri);
  }, asked);
  await workbench.webview().getByRole("heading", { level: 1, name }).waitFor();
  await workbench
    .webview()
    .getByRole("slider", { name: /^Axial plane/ })
    .waitFor();
}

const QUESTION = "Open .nii and .nii.gz files in the image viewer of Gyrus from now on?";
const associations = () =>
  workbench.host(
    (api) => api.workspace.getConfiguration("workbench").inspect("editorAssociations")?.globalValue ?? null,
  );

describe("the question whether images open in the viewer from now on", () => {
  it("comes with the second image, and changes the setting where the answer is yes", async () => {
    await open("one.nii");
    expect(await workbench.notification(QUESTION).count()).toBe(0);
    expect(await associations()).toBeNull();
    await open("two.nii.gz");
    await workbench.pressInNotification(QUESTION, "Yes, Always");
    await workbench.notification("workbench.editorAssociations says so").waitFor();
    expect(await associations()).toEqual({ "*.nii": "gyrus.nifti", "*.nii.gz": "gyrus.nifti" });
    await open("three.nii.gz", "usual");
  });

  it("is taken back by a press, and never comes again", async () => {
    await workbench.pressInNotification("workbench.editorAssociations says so", "Undo");
    await expect.poll(associations).toBeNull();
    await open("four.nii");
    await open("one.nii");
    expect(await workbench.notification(QUESTION).count()).toBe(0);
  });
});
