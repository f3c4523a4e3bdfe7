import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { writeMapsFixture } from "../support/mapsFixture";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let folder: string;
let editor: Editor;
let workbench: Workbench | undefined;

const experiment = JSON.stringify({ caps_directory: "caps", tsv_path: "split" });

/** Opens Gyrus on something and closes it again. */
async function withWindow(
  target: string | undefined,
  look: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  workbench = await editor.open(target);
  await workbench.openGyrus();
  await look(workbench);
  await workbench.close();
  workbench = undefined;
}

function subfolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

photographFailures(() => workbench);

describe("a workspace", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gyrus workspaces-"));
    editor = await startEditor();
  });
  afterAll(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true });
  });

  it("of no folder offers to open one, or demo data", async () => {
    await withWindow(undefined, async ({ page }) => {
      await page.getByText("Open the folder that holds your CAPS").waitFor();
      await page.getByRole("button", { name: "Open Folder" }).first().waitFor();
      await page.getByRole("button", { name: "Create Demo Data" }).waitFor();
    });
  });

  it("without experiments offers to make one", async () => {
    await withWindow(subfolder("empty"), async (window) => {
      await window.view().getByText("No MAPS here yet. Describe an experiment").waitFor();
      await window.view().getByRole("button", { name: "New Experiment" }).waitFor();
      await window.screenshot(pictureOf("welcome"));
    });
  });

  it("with an experiment file alone offers to train it", async () => {
    const path = subfolder("files");
    writeFileSync(join(path, "a.experiment.json"), experiment);
    await withWindow(path, async (window) => {
      await window.view().getByRole("button", { name: "Train" }).waitFor();
    });
  });

  it("of several folders shows each with its own, whichever holds the data", async () => {
    const first = subfolder("first");
    const second = subfolder("second");
    writeMapsFixture(join(second, "maps_demo"));
    const file = join(folder, "both.code-workspace");
    writeFileSync(file, JSON.stringify({ folders: [{ path: first }, { path: second }] }));
    await withWindow(file, async (window) => {
      await window.treeItem(/^first/).waitFor();
      await window.treeItem(/^second/).waitFor();
      await window.treeItem(/^maps_demo, finished/).waitFor();
    });
  });
});

describe("an untrusted workspace", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gyrus untrusted-"));
    editor = await startEditor({
      settings: {
        "security.workspace.trust.enabled": true,
        "security.workspace.trust.startupPrompt": "never",
        "security.workspace.trust.banner": "never",
      },
    });
  });
  afterAll(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true });
  });

  it("shows its experiments, and says why it does not train", async () => {
    writeMapsFixture(join(folder, "maps_demo"), { end: "stopped" });
    writeFileSync(join(folder, "a.experiment.json"), experiment);
    await withWindow(folder, async (window) => {
      await window.treeItem(/^maps_demo, stopped/).waitFor();
      const file = window.view("Experiment Files").getByRole("treeitem", { name: "a", exact: true });
      await window.pressInline(file, "Train");
      const message = window.notification("This workspace is not trusted");
      await message.getByRole("button", { name: "Manage Workspace Trust" }).waitFor();
      // Nor does it submit: the profile of a cluster and the program are words of its files, or name them.
      await window.host((api) => api.commands.executeCommand("notifications.clearAll"));
      await message.waitFor({ state: "detached" });
      await window.chooseFromMenu(file, "Submit to Cluster...");
      await message.getByRole("button", { name: "Manage Workspace Trust" }).waitFor();
    });
  });

  it("that is empty says what trust is needed for", async () => {
    await withWindow(subfolder("empty"), async (window) => {
      await window.view().getByText("This workspace is not trusted").waitFor();
    });
  });
});
