import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
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

/** What stands in `one.nii`, in two files. */
const PAIR = ["pair.hdr", "pair.img"] as const;

function writePair(): void {
  const whole = readFileSync(join(folder, "one.nii"));
  const header = Buffer.from(whole.subarray(0, 348));
  const voxels = header.readFloatLE(108);
  header.writeFloatLE(0, 108);
  header.write("ni1\0", 344, "latin1");
  writeFileSync(join(folder, PAIR[0]), header);
  writeFileSync(join(folder, PAIR[1]), whole.subarray(voxels));
}

type Name = (typeof NAMES | typeof PAIR)[number];

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

describe("an image in two files", () => {
  it("opens in the viewer by the name of either", async () => {
    writePair();
    for (const name of PAIR) {
      await open(name);
      await workbench.webview().getByText("12 × 14 × 10").first().waitFor();
    }
  });
});

describe("two images side by side", () => {
  const axial = () => workbench.webview().getByRole("slider", { name: /^Axial plane/ });

  it("open by the two files that are selected, and move together", async () => {
    const paths = ["three.nii.gz", "two.nii.gz"].map((name) => join(folder, name));
    await workbench.host(async (api, [one = "", two = ""]: readonly string[]) => {
      await api.commands.executeCommand("workbench.action.closeAllEditors");
      const [left, right] = [api.Uri.file(one), api.Uri.file(two)];
      await api.commands.executeCommand("gyrus.openSideBySide", left, [left, right]);
    }, paths);
    await workbench.webview().getByRole("group", { name: "two.nii.gz, beside the image" }).waitFor();
    await expect.poll(() => axial().count()).toBe(2);
    await axial().first().press("PageUp");
    for (const one of [axial().first(), axial().last()])
      await expect.poll(() => one.getAttribute("aria-valuetext")).toMatch(/^slice 7 of 10/);
    await workbench.screenshot(pictureOf("side-by-side"));
  });

  it("asks which one stands beside the image that is open", async () => {
    await open("four.nii");
    await workbench.runCommand("Gyrus: Open Side by Side");
    await workbench.page.getByText("Which image stands beside four.nii?").waitFor();
    await workbench.option(/^one\.nii/).click();
    await workbench.webview().getByRole("group", { name: "one.nii, beside the image" }).waitFor();
  });
});
