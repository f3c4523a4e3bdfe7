/** From data as they lie to a running training: no JSON typed, and few clicks and keys. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeNifti } from "../../src/data/nifti/niftiWrite";
import {
  beginClassification,
  chooseLabels,
  experimentOf,
  goOn,
  ticked,
  train,
} from "./rig/experimentJourney";
import { groupOf, ids, newStudies, writeScans } from "./rig/newStudies";
import { pictureOf } from "./rig/photographs";
import { predictAndExplain } from "./rig/predictAndExplain";
import type { Workbench } from "./rig/workbench";

const studies = newStudies();

/** Shows a file, waits until a fix of that title is offered for one of its problems and begins it; the titles of all that are offered. */
const begun = (window: Workbench, file: string, title: string) =>
  window.host(
    async (api, asked: { path: string; title: string }) => {
      const document = await api.workspace.openTextDocument(asked.path);
      await api.window.showTextDocument(document);
      const end = Date.now() + 60_000;
      for (;;) {
        for (const { range } of api.languages.getDiagnostics(document.uri)) {
          const found = await api.commands.executeCommand<import("vscode").CodeAction[]>(
            "vscode.executeCodeActionProvider",
            document.uri,
            range,
          );
          const fix = found.find((action) => action.title === asked.title);
          if (fix?.command !== undefined) {
            void api.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
            return found.map((action) => action.title);
          }
        }
        if (Date.now() > end) return [];
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    { path: file, title },
  );

describe("a new experiment", () => {
  it("on a folder of files with the spreadsheet of another country", async () => {
    const person = await studies.begin("folder", async (folder) => {
      await writeScans((id) => join(folder, "scans", `${id}_T1.nii.gz`));
      const rows = ids.map(
        (id, i) =>
          `${id};${60 + (i % 7)},5;${i % 3 === 0 ? "m" : "w"};${i % 2 ? "krank" : "gesund"};${"NS"[i % 3] ?? "W"}`,
      );
      writeFileSync(
        join(folder, "Patienten.csv"),
        `Patient;Alter;Geschlecht;Gruppe;Site\r\n${rows.join("\r\n")}\r\n`,
      );
    });
    const { window } = person;
    await beginClassification(person, /24 images of 24 people/);
    await window.page.getByText(/24 images of 24 people: /).waitFor();
    await person.key("Enter");
    await chooseLabels(person, /^Patienten\.csv/);
    await goOn(person, "Gruppe", /^One split and a test set/, "splits-of-a-folder");
    const json = JSON.parse(readFileSync(experimentOf(person), "utf8"));
    expect(json).toMatchObject({
      images: { folder: "scans" },
      tsv_path: join("splits", "split", "split"),
      diagnoses: ["gesund", "krank"],
    });
    await train(person);
    await predictAndExplain(person, /^krank$/, "explained-folder");
  });

  it("on a BIDS without sessions", async () => {
    const person = await studies.begin("bids", async (folder) => {
      const bids = join(folder, "bids");
      await writeScans((id) => join(bids, `sub-${id}`, "anat", `sub-${id}_T1w.nii.gz`));
      writeFileSync(join(bids, "dataset_description.json"), '{"Name": "study", "BIDSVersion": "1.10.0"}');
      const rows = ids.map(
        (id, i) => `sub-${id}\t${60 + (i % 7)}\t${i % 3 === 0 ? "M" : "F"}\t${groupOf(i)}`,
      );
      writeFileSync(join(bids, "participants.tsv"), `participant_id\tage\tsex\tgroup\n${rows.join("\n")}\n`);
    });
    await beginClassification(person, /24 images of 24 people/);
    await chooseLabels(person, /^participants\.tsv/);
    await goOn(person, "group", /^One split and a test set/, "splits-of-a-bids");
    await train(person);
    await predictAndExplain(person, /^patient$/, "explained-bids");
  });

  it("whose splits are gone makes others from its file", async () => {
    const { window, workspace } = studies.person();
    const file = join(workspace, "lost.experiment.json");
    const { images, preprocessing_dict } = JSON.parse(
      readFileSync(join(workspace, "classification.experiment.json"), "utf8"),
    );
    const json = { images, preprocessing_dict, tsv_path: "gone", label: "sex", diagnoses: ["patient"] };
    writeFileSync(file, JSON.stringify(json, undefined, 2));
    const fixes = await begun(window, file, "Make the split here…");
    expect(fixes).toContain("Make the split here…");
    await window.option(/^participants\.tsv/).click();
    await window.option(/^group, /).click();
    await ticked(window, "Which values are classes?");
    await window.page.keyboard.press("Enter");
    await window.option(/^One split and a test set/).click();
    await ticked(window, "In what are all sets alike, and who stays together?");
    await window.page.keyboard.press("Enter");
    await window.option("Take these splits").click();
    const text = () =>
      window.host(async (api, path: string) => (await api.workspace.openTextDocument(path)).getText(), file);
    await expect.poll(async () => JSON.parse(await text()).tsv_path).toBe(join("splits_2", "split", "split"));
    expect(JSON.parse(await text())).toEqual({
      images,
      preprocessing_dict,
      tsv_path: join("splits_2", "split", "split"),
      diagnoses: ["control", "patient"],
    });
  });

  it("whose images are not there is given those that are", async () => {
    const { window, workspace } = studies.person();
    const file = join(workspace, "moved.experiment.json");
    const json = JSON.parse(readFileSync(join(workspace, "classification.experiment.json"), "utf8"));
    const images = { folder: "nowhere", pattern: "{participant}.nii" };
    writeFileSync(file, JSON.stringify({ ...json, images }, undefined, 2));
    const fixes = await begun(window, file, "Choose among the images of the workspace…");
    expect(fixes).toContain("Choose a folder for images…");
    await window
      .option(/24 images of 24 people/)
      .first()
      .click();
    const text = () =>
      window.host(async (api, path: string) => (await api.workspace.openTextDocument(path)).getText(), file);
    await expect.poll(async () => JSON.parse(await text())).toEqual(json);
  });

  it("on images of Analyze is refused with what to do, before anything is asked", async () => {
    const { window } = await studies.begin("analyze", async (folder) => {
      for (const id of ids) {
        const bytes = encodeNifti({ shape: [2, 2, 2], data: new Float32Array(8) });
        // Without its magic the header of NIfTI-1 is one of Analyze 7.5.
        writeFileSync(join(folder, `${id}.hdr`), Buffer.concat([bytes.subarray(0, 344), Buffer.alloc(4)]));
        writeFileSync(join(folder, `${id}.img`), bytes.subarray(352));
      }
    });
    await window.view().getByRole("button", { name: "New Experiment" }).click();
    await window.option(/^Classification/).click();
    const unread = window.option(/24 images are not read: The header is of Analyze 7\.5/);
    await unread.waitFor();
    await window.screenshot(pictureOf("images-of-analyze"));
    await unread.click();
    await window.notification(/mri_convert --in_orientation LAS/).waitFor();
    await unread.waitFor();
  });
});
