/** From a derivative, from paths on two disks and from two sites to a running training: no JSON typed, and few clicks and keys. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { storeAs } from "../support/storeAs";
import { beginClassification, chooseLabels, experimentOf, goOn, train } from "./rig/experimentJourney";
import { groupOf, ids, newStudies, writeScan, writeScans } from "./rig/newStudies";
import { pictureOf } from "./rig/photographs";
import { predictAndExplain } from "./rig/predictAndExplain";

const studies = newStudies();

describe("a new experiment", () => {
  it("on what fMRIPrep wrote, beside the raw images and its masks", async () => {
    const person = await studies.begin("fmriprep", async (folder) => {
      const derivative = join(folder, "bids", "derivatives", "fmriprep");
      for (const [i, id] of ids.entries()) {
        const start = `sub-${id}_ses-1`;
        const raw = join(folder, "bids", `sub-${id}`, "ses-1", "anat");
        const anat = join(derivative, `sub-${id}`, "ses-1", "anat");
        await writeScan(join(raw, `${start}_T1w.nii.gz`), i, [9, 9, 9]);
        const space = `${start}_space-MNI152NLin2009cAsym_res-2`;
        await writeScan(join(anat, `${start}_desc-preproc_T1w.nii.gz`), i);
        await writeScan(join(anat, `${space}_desc-preproc_T1w.nii.gz`), i);
        writeFileSync(join(anat, `${space}_desc-brain_mask.nii.gz`), "another image");
      }
      const description = { Name: "study", BIDSVersion: "1.10.0" };
      const ofDerivative = { ...description, Name: "fMRIPrep", DatasetType: "derivative" };
      writeFileSync(join(folder, "bids", "dataset_description.json"), JSON.stringify(description));
      writeFileSync(join(derivative, "dataset_description.json"), JSON.stringify(ofDerivative));
      const rows = ids.map((id, i) => `sub-${id}\t${60 + (i % 7)}\t${"FM"[i % 3] ?? "F"}\t${groupOf(i)}`);
      writeFileSync(
        join(folder, "bids", "participants.tsv"),
        `participant_id\tage\tsex\tgroup\n${rows.join("\n")}\n`,
      );
    });
    await beginClassification(person, /T1w, space-MNI152NLin2009cAsym, res-2: 24 images of 24 people/);
    await chooseLabels(person, /^participants\.tsv/);
    await goOn(person, "group", /^One split and a test set/, "splits-of-fmriprep");
    expect(JSON.parse(readFileSync(experimentOf(person), "utf8")).images).toMatchObject({
      bids: join("bids", "derivatives", "fmriprep"),
      suffix: "T1w",
      space: "MNI152NLin2009cAsym",
    });
    await train(person);
    await predictAndExplain(person, /^patient$/, "explained-fmriprep");
  });

  it("on two sites whose images have other voxels and axes, which it offers to put on one grid", async () => {
    const person = await studies.begin("sites", async (folder) => {
      const bids = join(folder, "bids");
      for (const [i, id] of ids.entries()) {
        const file = join(bids, `sub-${id}`, "anat", `sub-${id}_T1w.nii.gz`);
        if (i % 3 !== 0) await writeScan(file, i);
        else {
          await writeScan(file, i, [6, 8, 5], 2);
          await storeAs(file, "PSR");
        }
      }
      writeFileSync(join(bids, "dataset_description.json"), '{"Name": "study", "BIDSVersion": "1.10.0"}');
      const rows = ids.map(
        (id, i) => `sub-${id}\t${60 + (i % 7)}\t${groupOf(i)}\t${i % 3 === 0 ? "Lyon" : "Paris"}`,
      );
      writeFileSync(join(bids, "participants.tsv"), `participant_id\tage\tgroup\tsite\n${rows.join("\n")}\n`);
    });
    const { window } = person;
    await beginClassification(person, /24 images of 24 people/);
    await window.option(/^As they are stored/).waitFor();
    await window.screenshot(pictureOf("space-of-two-sites"));
    await person.click(window.option(/^All on one grid: 12 × 15 × 10/));
    await chooseLabels(person, /^participants\.tsv/);
    await goOn(person, "group", /^One split and a test set/, "splits-of-two-sites");
    expect(JSON.parse(readFileSync(experimentOf(person), "utf8")).space).toEqual({
      orientation: "canonical",
      voxel_size: 1,
      size: [12, 15, 10],
    });
    await train(person);
    await predictAndExplain(person, /^patient$/, "explained-two-sites");
  });

  it("on a table of paths to two disks, with two diagnoses as one class", async () => {
    const disk = studies.remove(mkdtempSync(join(tmpdir(), "gyrus disk-")));
    const person = await studies.begin("paths", async (folder) => {
      const files = ids.map((id, i) =>
        i % 3 === 0 ? join(disk, `${id}.nii.gz`) : join("scans", `${id}.nii`),
      );
      await writeScans((_, i) => (i % 3 === 0 ? files[i]! : join(folder, files[i]!)));
      const rows = ids.map(
        (id, i) => `P${id},${60 + (i % 7)},${["CN", "MCI", "CN", "sMCI"][i % 4]},${files[i]}`,
      );
      writeFileSync(join(folder, "scans.csv"), `patient,age,group,scan\n${rows.join("\n")}\n`);
    });
    await beginClassification(person, /^scans\.csv.*24 images of 24 people/);
    await chooseLabels(person, /^scans\.csv/);
    await goOn(person, "group", /^5 folds and a test set/, "splits-of-paths", ["MCI", "sMCI"]);
    const json = JSON.parse(readFileSync(experimentOf(person), "utf8"));
    expect(json).toMatchObject({
      images: { table: "scans.csv", path_column: "scan" },
      n_splits: 5,
      label_code: { CN: 0, MCI: 1, sMCI: 1 },
    });
    // All folds end before anybody is predicted.
    writeFileSync(experimentOf(person), JSON.stringify({ ...json, epochs: 2 }, undefined, 2));
    await train(person);
    await predictAndExplain(person, /^MCI/, "explained-paths");
  });
});
