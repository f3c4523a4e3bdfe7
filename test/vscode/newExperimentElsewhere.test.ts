/** From a derivative, from paths on two disks and from two sites to a running training: no JSON typed, and few clicks and keys. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { RandomGenerator } from "../../src/network/weights/random";
import type { Triple } from "../../src/space/triple";
import { storeAs } from "../support/storeAs";
import { type Editor, startEditor } from "./rig/editor";
import {
  beginClassification,
  begin as beginIn,
  chooseLabels,
  experimentOf,
  goOn,
  type Person,
  predictAndExplain,
  train,
} from "./rig/experimentJourney";
import { photographFailures, pictureOf } from "./rig/photographs";
import type { Workbench } from "./rig/workbench";

let editor: Editor;
let workbench: Workbench | undefined;
const folders: string[] = [];

beforeAll(async () => {
  editor = await startEditor({ settings: { "gyrus.openPanelOnTrain": false } });
});

photographFailures(() => workbench);

afterAll(async () => {
  await editor?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
});

async function begin(name: string, write: (folder: string) => Promise<void>): Promise<Person> {
  const person = await beginIn(editor, name, write);
  workbench = person.window;
  folders.push(person.workspace);
  return person;
}

/** Equal scans of two people would be refused, and rightly. */
const noise = new RandomGenerator(1);
const ids = Array.from({ length: 24 }, (_, i) => String(i + 1).padStart(3, "0"));

/** A scan of person `i`: patients are brighter in one half. */
async function writeScan(file: string, i: number, shape: Triple = [12, 14, 10], voxel = 1): Promise<void> {
  const count = shape[0] * shape[1] * shape[2];
  const half = count / 2;
  const data = Float32Array.from({ length: count }, (_, at) => noise.uniform() + (at < half ? i % 2 : 0));
  const affine = [0, 1, 2].map((row) => [0, 1, 2, 3].map((column) => (column === row ? voxel : 0)));
  await writeNifti(file, { shape, data, affine: [...affine, [0, 0, 0, 1]] });
}

const group = (i: number) => (i % 2 ? "patient" : "control");

describe("a new experiment", () => {
  it("on what fMRIPrep wrote, beside the raw images and its masks", async () => {
    const person = await begin("fmriprep", async (folder) => {
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
      const rows = ids.map((id, i) => `sub-${id}\t${60 + (i % 7)}\t${"FM"[i % 3] ?? "F"}\t${group(i)}`);
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
  });

  it("on two sites whose images have other voxels and axes, which it offers to put on one grid", async () => {
    const person = await begin("sites", async (folder) => {
      const bids = join(folder, "bids");
      for (const [i, id] of ids.entries()) {
        const file = join(bids, `sub-${id}`, "anat", `sub-${id}_T1w.nii.gz`);
        if (i % 3 !== 0) await writeScan(file, i);
        else {
          await writeScan(file, i, [6, 8, 5], 2);
          await storeAs(file, "PSR");
        }
      }
      mkdirSync(bids, { recursive: true });
      writeFileSync(join(bids, "dataset_description.json"), '{"Name": "study", "BIDSVersion": "1.10.0"}');
      const rows = ids.map(
        (id, i) => `sub-${id}\t${60 + (i % 7)}\t${group(i)}\t${i % 3 === 0 ? "Lyon" : "Paris"}`,
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
    await predictAndExplain(person, /24 images of 24 people/, "patient");
  });

  it("on a table of paths to two disks, with two diagnoses as one class", async () => {
    const disk = mkdtempSync(join(tmpdir(), "gyrus disk-"));
    folders.push(disk);
    const person = await begin("paths", async (folder) => {
      const files = ids.map((id, i) =>
        i % 3 === 0 ? join(disk, `${id}.nii.gz`) : join("scans", `${id}.nii`),
      );
      for (const [i, file] of files.entries()) await writeScan(i % 3 === 0 ? file : join(folder, file), i);
      const rows = ids.map(
        (id, i) => `P${id},${60 + (i % 7)},${["CN", "MCI", "CN", "sMCI"][i % 4]},${files[i]}`,
      );
      writeFileSync(join(folder, "scans.csv"), `patient,age,group,scan\n${rows.join("\n")}\n`);
    });
    await beginClassification(person, /^scans\.csv.*24 images of 24 people/);
    await chooseLabels(person, /^scans\.csv/);
    await goOn(person, "group", /^5 folds and a test set/, "splits-of-paths", ["MCI", "sMCI"]);
    expect(JSON.parse(readFileSync(experimentOf(person), "utf8"))).toMatchObject({
      images: { table: "scans.csv", path_column: "scan" },
      n_splits: 5,
      label_code: { CN: 0, MCI: 1, sMCI: 1 },
    });
    await train(person);
  });
});
