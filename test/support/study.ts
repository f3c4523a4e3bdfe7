/** Small made-up studies: a CAPS of tiny volumes and the tables that name them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import type { Experiment } from "../../src/experiment/experiment";
import { preprocessingSchema } from "../../src/experiment/schema/preprocessing";
import { type ExperimentInput, experimentSchema } from "../../src/experiment/schema/schema";
import { formatRecords } from "../../src/files/tsv";
import { completeSettings } from "../../src/optimizer/optimizers";

export type Row = Record<string, string>;

export const tinySize: [number, number, number] = [6, 5, 4];

/** A person with one session and a diagnosis. */
export const person = (participant_id: string, diagnosis: string, other: Row = {}): Row => ({
  participant_id,
  session_id: "ses-M000",
  diagnosis,
  ...other,
});

export function writeTable(file: string, rows: readonly Row[]): string {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, formatRecords(Object.keys(rows[0] ?? { participant_id: "", session_id: "" }), rows));
  return file;
}

/** Where Clinica's t1-linear puts the cropped image of a session. */
export function imageFile(caps: string, participant: string, session = "ses-M000"): string {
  const name = `${participant}_${session}_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz`;
  return join(caps, "subjects", participant, session, "t1_linear", name);
}

/** Writes an image whose voxel i is `value(i)`. */
export async function writeImage(
  file: string,
  value: (i: number) => number = (i) => i,
  shape: [number, number, number] = tinySize,
): Promise<string> {
  const data = Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, i) => value(i));
  await writeNifti(file, { shape, data });
  return file;
}

/** A CAPS with an image for each row; image k starts at 1000 k, so that every voxel tells where it comes from. */
export async function writeCaps(caps: string, rows: readonly Row[]): Promise<string> {
  for (const [k, { participant_id = "", session_id = "" }] of rows.entries()) {
    await writeImage(imageFile(caps, participant_id, session_id), (i) => 1000 * k + i);
  }
  return caps;
}

/** An experiment on `folder/caps` and `folder/split`, without normalisation unless asked. */
export function experimentOn(
  folder: string,
  changes: Partial<ExperimentInput> = {},
  label: string | null = "diagnosis",
): Experiment {
  const file = experimentSchema.parse({
    ...(changes.images === undefined && { caps_directory: join(folder, "caps") }),
    tsv_path: join(folder, "split"),
    normalize: false,
    ...changes,
  });
  const { preprocessing_json: _, ...rest } = file;
  return {
    ...rest,
    caps_directory: file.caps_directory ?? "",
    images: file.images ?? null,
    preprocessing_dict: file.preprocessing_dict ?? preprocessingSchema.parse({}),
    optimizer_settings: completeSettings(file.optimizer),
    label,
    label_code: file.label_code ?? null,
    loss: file.loss ?? "CrossEntropyLoss",
    selection_metrics: ["loss"],
    selection_threshold: null,
    transfer_path: null,
    architecture: file.architecture,
  };
}
