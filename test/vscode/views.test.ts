import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EventLog } from "../../src/maps/events/eventLog";
import { mapsPlace } from "../../src/maps/folder/place";
import { epochEvent, writeMapsFixture } from "../support/mapsFixture";
import { writePhantomStudy } from "../support/phantomStudy";
import { imageFile } from "../support/study";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let folder: string;
let experiment: string;
let workbench: Workbench;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus views é-"));
  writeMapsFixture(join(folder, "maps_one"), { epochs: 3 });
  writeMapsFixture(join(folder, "maps_two"), { epochs: 5, splits: [0, 1] });
  // This process plays the trainer that is alive.
  writeMapsFixture(join(folder, "maps_live"), { epochs: 2, end: null });
  await writePhantomStudy(folder, { train: 4, validation: 2, test: 0, size: [12, 14, 10] });
  experiment = join(folder, "étude.experiment.json");
  writeFileSync(
    experiment,
    JSON.stringify({
      caps_directory: "caps",
      tsv_path: "split",
      preprocessing_dict: { preprocessing: "t1-linear", mode: "patch", patch_size: 5, stride_size: 5 },
    }),
  );
  editor = await startEditor();
  workbench = await editor.open(folder);
  await workbench.openGyrus();
  await workbench.treeItem(/^maps_two/).waitFor();
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (file: string) =>
  workbench.host(async (api, path: string) => {
    await api.commands.executeCommand("workbench.action.closeAllEditors");
    await api.commands.executeCommand("vscode.open", api.Uri.file(path));
  }, file);

describe("the comparison", () => {
  const heading = () => workbench.webview().getByRole("heading", { level: 1, name: "Comparison of 2 runs" });
  const results = () => workbench.webview().getByRole("region", { name: "Results" });
  const logScale = () => workbench.webview().getByRole("checkbox", { name: "Logarithmic scale" });

  it("opens on the runs that were chosen, with what their best models reached", async () => {
    await workbench.runCommand("Gyrus: Compare Experiments");
    for (const name of ["maps_one", "maps_two"])
      await workbench.page.locator(".quick-input-widget .monaco-list-row").filter({ hasText: name }).click();
    await workbench.quickInput().press("Enter");
    await heading().waitFor();
    await results()
      .getByRole("row", { name: /maps_one .*Finished 1 \/ 1 0\.3333/ })
      .waitFor();
    await results()
      .getByRole("row", { name: /maps_two .*Finished 2 \/ 2 0\.2000 ± 0\.0000/ })
      .waitFor();
    await workbench.webview().locator("vscode-checkbox", { hasText: "Logarithmic scale" }).click();
    await expect.poll(() => logScale().isChecked()).toBe(true);
  });

  it("comes back after a reload as it was", async () => {
    await workbench.reload();
    await heading().waitFor();
    await results()
      .getByRole("row", { name: /maps_two/ })
      .waitFor();
    expect(await logScale().isChecked()).toBe(true);
  });
});

describe("the NIfTI editor", () => {
  const axial = () => workbench.webview().getByRole("slider", { name: /^Axial plane/ });

  it("opens an image in place of the text editor", async () => {
    await open(imageFile(join(folder, "caps"), "sub-000"));
    // The command is there once the editor is.
    await workbench.page.getByText("The file is not displayed in the text editor").waitFor();
    await workbench.runCommand("View: Reopen Editor With...");
    await workbench.option(/Gyrus/).click();
    await axial().waitFor();
    await workbench.webview().getByText("12 × 14 × 10").first().waitFor();
    expect(await axial().getAttribute("aria-valuetext")).toMatch(/^slice 6 of 10, voxel 6 7 5/);
    await axial().press("PageUp");
    await expect.poll(() => axial().getAttribute("aria-valuetext")).toMatch(/^slice 7 of 10, voxel 6 7 6/);
  });

  it("comes back after a reload at the same place", async () => {
    await workbench.reload();
    await axial().waitFor();
    expect(await axial().getAttribute("aria-valuetext")).toMatch(/^slice 7 of 10, voxel 6 7 6/);
  });
});

describe("the input preview", () => {
  const heading = () => workbench.webview().getByRole("heading", { name: /^sub-00\d · ses-M000/ });
  const validation = () => workbench.webview().getByRole("button", { name: "Validation 2" });

  it("shows what the network gets from each image of the experiment", async () => {
    await open(experiment);
    await workbench.runCommand("Gyrus: Preview Inputs");
    await workbench.webview().getByText("4 images × 8 = 32 inputs").waitFor();
    await workbench.webview().getByRole("heading", { name: "sub-000 · ses-M000 · AD" }).waitFor();
    await workbench.webview().getByRole("row", { name: "Shape 1 × 5 × 5 × 5" }).waitFor();
    await validation().click();
    await workbench.webview().getByRole("heading", { name: "sub-004 · ses-M000 · AD" }).waitFor();
  });

  it("comes back after a reload at the same image", async () => {
    await workbench.reload();
    await heading().waitFor();
    expect(await heading().textContent()).toContain("sub-004");
    expect(await validation().getAttribute("aria-pressed")).toBe("true");
  });
});

describe("the training panel", () => {
  const rows = (window: Workbench) =>
    window.webview().getByRole("table", { name: "Epochs" }).getByRole("row");
  const openPanel = async (window: Workbench) => {
    await window.host(
      async (api, maps: string) => {
        await api.commands.executeCommand("workbench.action.closeAllEditors");
        await api.commands.executeCommand("gyrus.openPanel", maps);
      },
      join(folder, "maps_live"),
    );
    await window.webview().getByRole("heading", { level: 1, name: "maps_live" }).waitFor();
  };

  it("follows one run in two windows", async () => {
    const other = await editor.open(folder);
    for (const window of [workbench, other]) {
      await openPanel(window);
      await expect.poll(() => rows(window).count()).toBe(1 + 2);
    }
    const log = EventLog.open(mapsPlace(join(folder, "maps_live")).split(0).network().eventsJsonl);
    log.append(epochEvent(2));
    log.close();
    for (const window of [workbench, other]) await expect.poll(() => rows(window).count()).toBe(1 + 3);
    await other.close();
  });

  it("says that its MAPS was deleted, and keeps what it has shown", async () => {
    rmSync(join(folder, "maps_live"), { recursive: true });
    await workbench
      .webview()
      .getByRole("alert")
      .getByText(/maps_live is not there any more/)
      .waitFor();
    expect(await rows(workbench).count()).toBe(1 + 3);
  });
});
