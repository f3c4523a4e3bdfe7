import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeMapsFixture } from "../support/mapsFixture";
import { type Editor, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workspace: string;
let workbench: Workbench;
const maps = (name: string) => join(workspace, name);

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), "gyrus runs-"));
  for (const [index, name] of ["maps_first", "maps_second", "maps_third"].entries())
    writeMapsFixture(maps(name), { epochs: 3 + index });
  writeMapsFixture(maps("maps_live"), { end: null, epochs: 2 });
  editor = await startEditor();
  workbench = await editor.open(workspace);
  await workbench.openGyrus();
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  rmSync(workspace, { recursive: true });
});

describe("the run table", () => {
  it("shows every run of the workspace, and comes back with its filter after a reload", async () => {
    await workbench.treeItem(/^maps_third/).waitFor();
    await workbench.runCommand("Gyrus: Show Run Table");
    const table = workbench.webview();
    await table.getByText("4 of 4 runs").waitFor();
    await table.getByRole("row", { name: /maps_live (Running|Not responding) 2 of 20/ }).waitFor();
    await workbench.screenshot(pictureOf("runs"));
    await table.getByRole("searchbox").fill("status=finished");
    await table.getByText("3 of 4 runs").waitFor();
    await workbench.reload();
    await workbench.webview().getByText("3 of 4 runs").waitFor();
  });

  it("keeps a note beside the MAPS, and gives a run another name with it", async () => {
    const table = workbench.webview();
    await table
      .getByRole("row", { name: /maps_second/ })
      .getByText("Finished")
      .click();
    await table.getByRole("textbox", { name: "Note" }).fill("the one of the paper");
    await table.getByRole("textbox", { name: "Note" }).press("Enter");
    await expect.poll(() => existsSync(maps("gyrus-runs.json"))).toBe(true);
    await table.getByRole("button", { name: "Rename…" }).click();
    const name = workbench.page.locator(".quick-input-widget input[type=text]:visible");
    await name.fill("maps_paper");
    await name.press("Enter");
    await table.getByRole("row", { name: /maps_paper/ }).waitFor();
    expect(JSON.parse(readFileSync(maps("gyrus-runs.json"), "utf8")).runs).toEqual({
      maps_paper: { note: "the one of the paper" },
    });
  });

  it("deletes a run into a trash, from which it is brought back by a button or a command", async () => {
    const table = workbench.webview();
    const row = table.getByRole("row", { name: /maps_first/ });
    const remove = async () => {
      await row.getByText("Finished").click();
      await table.getByRole("button", { name: "Delete", exact: true }).click();
      await row.waitFor({ state: "detached" });
      expect(existsSync(maps("maps_first"))).toBe(false);
    };
    await remove();
    await workbench.pressInNotification(/maps_first is in the trash of the workspace/, "Undo");
    await row.waitFor();
    await remove();
    await workbench.runCommand("Gyrus: Restore Deleted Runs");
    await workbench.page
      .getByRole("checkbox", { name: /maps_first/ })
      .first()
      .check();
    await workbench.page.keyboard.press("Enter");
    await row.waitFor();
    expect(readdirSync(maps(".gyrus-trash"))).toEqual([]);
  });

  it("does not delete what trains", async () => {
    const table = workbench.webview();
    await table.getByRole("searchbox").fill("live");
    await table
      .getByRole("row", { name: /maps_live/ })
      .getByText("2 of 20")
      .click();
    await table.getByRole("button", { name: "Delete", exact: true }).click();
    await workbench.page
      .getByText(/maps_live is in training/)
      .first()
      .waitFor();
    expect(existsSync(maps("maps_live"))).toBe(true);
  });
});
