/** A MAPS of somebody else, in a folder where nothing can be written. */
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peopleOf, writeAnsweredMaps } from "../support/answeredMaps";
import { writeMapsFixture } from "../support/mapsFixture";
import { obeying, permissionsHold } from "../support/permissions";
import { type Editor, repository, startEditor } from "./rig/editor";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

const desktop = process.env.GYRUS_TEST_EDITOR === "desktop" && process.getuid?.() === 0;

describe.skipIf(!permissionsHold || desktop)("a MAPS that cannot be written", () => {
  let editor: Editor;
  let folder: string;
  let study: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gyrus read only é-"));
    study = join(folder, "study");
    mkdirSync(study);
    writeMapsFixture(join(study, "maps_trained"), { epochs: 5 });
    const test = peopleOf([0, 0, 0, 1, 1, 1], [0.9, 0.8, 0.4, 0.2, 0.1, 0.3], "sub-");
    await writeAnsweredMaps(join(study, "maps_answered"), { groups: { test } });
    setMode(study, 0o555);
    editor = await startEditor({ obeysPermissions: true });
    workbench = await editor.open(study);
    await workbench.openGyrus();
  });

  photographFailures(() => workbench);

  afterAll(async () => {
    await editor?.close();
    setMode(study, 0o755);
    rmSync(folder, { recursive: true, force: true });
  });

  const before = () => readdirSync(study).sort();
  const errors = () => workbench.page.locator(".notification-toast .codicon-error");
  const refusal = () => workbench.notification(/there is no permission for it/i);

  it("stands in the tree, and its training opens", async () => {
    const row = workbench.treeItem(/^maps_trained, finished/);
    await workbench.pressInline(row, "Open Training Panel");
    await workbench.editorTab("maps_trained").waitFor();
    await workbench.webview().locator("gyrus-chart canvas").first().waitFor();
    expect(await errors().count()).toBe(0);
  });

  it("shows its results", async () => {
    await workbench.host(
      (api, maps: string) => void api.commands.executeCommand("gyrus.showResults", maps, "test"),
      join(study, "maps_answered"),
    );
    const panel = workbench.webview();
    await panel.getByRole("heading", { level: 1, name: "test in maps_answered" }).waitFor();
    await panel
      .getByRole("region", { name: "Figures" })
      .getByRole("row", { name: /^Accuracy 0\.833 .*5 of 6/ })
      .waitFor();
    await workbench.screenshot(pictureOf("read-only-results"));
    expect(await errors().count()).toBe(0);
  });

  it("is reported to another folder, and says why it cannot be beside the MAPS", async () => {
    const gyrus = (...words: readonly string[]) => {
      const [program, given] = obeying(process.execPath, [resolve(repository, "dist/cli.js"), ...words]);
      return promisify(execFile)(program, given);
    };
    const maps = join(study, "maps_answered");
    const report = join(folder, "report.html");
    await gyrus("report", maps, "--output", report);
    expect(readFileSync(report, "utf8")).toContain("maps_answered");
    const beside = gyrus("report", maps, "--output", join(study, "report.html"));
    await expect(beside).rejects.toMatchObject({ stderr: expect.stringMatching(/no permission for it/) });
  });

  it("keeps its name, its place and its notes, and says why", async () => {
    const names = before();
    const maps = join(study, "maps_trained");
    await workbench.host(
      (api, path: string) => void api.commands.executeCommand("gyrus.renameMaps", path),
      maps,
    );
    await workbench.quickInput().fill("maps_mine");
    await workbench.quickInput().press("Enter");
    await refusal().first().waitFor();
    await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));

    await workbench.host(
      (api, path: string) => void api.commands.executeCommand("gyrus.deleteMaps", path, [path]),
      maps,
    );
    await refusal().first().waitFor();
    await workbench.host((api) => api.commands.executeCommand("notifications.clearAll"));

    await workbench.runCommand("Gyrus: Show Run Table");
    const table = workbench.webview();
    await table
      .getByRole("row", { name: /maps_trained/ })
      .getByText("Finished")
      .click();
    await table.getByRole("button", { name: "Archive", exact: true }).click();
    await refusal().first().waitFor();
    await workbench.treeItem(/^maps_trained, finished/).waitFor();
    expect(before()).toEqual(names);
    expect(existsSync(join(maps, "maps.json"))).toBe(true);
  });
});

/** Of a folder and everything in it; files are never executed. */
function setMode(path: string, mode: number): void {
  chmodSync(path, mode | 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const place = join(path, entry.name);
    if (entry.isDirectory()) setMode(place, mode);
    else chmodSync(place, mode & 0o666);
  }
  chmodSync(path, mode);
}
