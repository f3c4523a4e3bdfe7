import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithReference, reference } from "../support/reference";

import { type Editor, startEditor } from "./rig/editor";
import { photographFailures } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

/** So many stops there may be from the head of the panel to its participants. */
const MOST_TABS = 60;

describeWithReference(
  "the results of a MAPS of ClinicaDL",
  ["reference/maps_image", "reference/caps"],
  () => {
    let editor: Editor;
    let folder: string;
    let workbench: Workbench;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "gyrus results é-"));
      for (const name of ["maps_image", "caps"])
        cpSync(reference(`reference/${name}`), join(folder, name), { recursive: true });
      editor = await startEditor();
      workbench = await editor.open(folder);
      await workbench.openGyrus();
      await workbench.treeItem(/^maps_image/).click();
      await workbench.page.keyboard.press("ArrowRight");
      await workbench.treeItem(/^data groups/).click();
      await workbench.page.keyboard.press("ArrowRight");
      await workbench.treeItem(/^test/).waitFor();
    });

    photographFailures(() => workbench);

    afterAll(async () => {
      await editor?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const panel = () => workbench.webview();
    const wrongOne = () =>
      panel()
        .getByRole("row", { name: / wrong sub-/ })
        .first();
    const image = (name: string) => workbench.editorTab(new RegExp(`^${name}_.*T1w\\.nii\\.gz`));

    it("leads from the tree to the image of a wrong participant in two clicks", async () => {
      await workbench.treeItem(/^test/).click();
      await panel().getByRole("heading", { level: 1, name: "test in maps_image" }).waitFor();
      // Half of six people: everybody was taken for CN.
      const figures = panel().getByRole("region", { name: "Figures" });
      await figures.getByRole("row", { name: /^Accuracy 0\.500 .*3 of 6/ }).waitFor();
      await figures.getByRole("row", { name: /^AUC \d\.\d{3} \d\.\d{3} – \d\.\d{3}/ }).waitFor();
      const participant = wrongOne().getByRole("button");
      const name = (await participant.textContent())!.trim();
      await participant.click();
      await image(name).waitFor();
      await workbench
        .webview()
        .getByRole("slider", { name: /^Axial plane/ })
        .waitFor();
    });

    it("does so by the keyboard alone", async () => {
      await workbench.host((api) => api.commands.executeCommand("workbench.action.closeAllEditors"));
      const { keyboard } = workbench.page;
      // The side bar, where the tree has its focus on the group still.
      await keyboard.press("Control+0");
      await keyboard.press("Enter");
      const list = panel().getByRole("group", { name: /^Participants/ });
      const name = (await wrongOne().getByRole("button").textContent())!.trim();
      const isThere = () => list.evaluate((element) => element.matches(":focus"));
      for (let pressed = 0; pressed < MOST_TABS && !(await isThere()); pressed++) await keyboard.press("Tab");
      expect(await isThere()).toBe(true);
      await keyboard.press("Enter");
      await image(name).waitFor();
    });

    it("writes the report where one says, and shows it", async () => {
      await workbench.host((api) => api.commands.executeCommand("workbench.action.closeAllEditors"));
      await workbench.treeItem(/^test/).click();
      await panel().getByRole("button", { name: "Report…" }).click();
      const path = workbench.quickInput();
      await expect.poll(() => path.inputValue()).toContain("maps_image-report.html");
      const file = join(folder, "report.md");
      await path.fill(file);
      await path.press("Enter");
      await workbench.editorTab(/^Preview report\.md/).waitFor();
      await workbench.notification(/Saved .*report\.md/).waitFor();
      expect(readFileSync(file, "utf8")).toMatch(/^\| AUC \| /m);
    });

    it("comes back after a reload", async () => {
      await workbench.editorTab("test in maps_image").click();
      await workbench.reload();
      await panel().getByRole("heading", { level: 1, name: "test in maps_image" }).waitFor();
      await wrongOne().waitFor();
    });

    it("opens the map over the image where there is one", async () => {
      const person = panel().locator(".person");
      await person.getByRole("button", { name: /^Open gcam over the image of/ }).click();
      await workbench.editorTab(/T1w\.nii\.gz/).waitFor();
      await workbench
        .webview()
        .getByRole("group", { name: /_map\.nii\.gz$/ })
        .getByRole("img", { name: /^Colours of/ })
        .waitFor();
      expect(await workbench.editorTab(/_map\.nii\.gz/).count()).toBe(0);
    });
  },
);
