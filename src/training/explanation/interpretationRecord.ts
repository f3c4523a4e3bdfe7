/** `interpretation.json` beside saliency maps: what was asked, and of which weights. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatJson, writeJson } from "../../maps/folder/json";

export const INTERPRETATION_METHODS = ["gradients", "grad-cam"] as const;
export type InterpretationMethod = (typeof INTERPRETATION_METHODS)[number];

export interface InterpretationRecord {
  readonly method: InterpretationMethod;
  /** The output that is explained: a class code, 0 for a regression. */
  readonly node: number;
  /** Grad-CAM: number of layers of `convolutions`; null for all. */
  readonly level: number | null;
  /** Whether there are maps as PyTorch tensors too. */
  readonly tensors: boolean;
  /** SHA-256 of the files of the best models, one a network. */
  readonly models: readonly string[];
}

/** @param models the files of the weights that are asked, one a network */
export async function interpretationRecord(
  asked: Omit<InterpretationRecord, "models">,
  models: readonly string[],
): Promise<InterpretationRecord> {
  return { ...asked, models: await Promise.all(models.map(hashOf)) };
}

/** A model that is missing is for who loads it to tell. */
const hashOf = (file: string) =>
  readFile(file).then(
    (content) => createHash("sha256").update(content).digest("hex"),
    () => "",
  );

const fileIn = (folder: string) => join(folder, "interpretation.json");

export async function writeInterpretationRecord(folder: string, record: InterpretationRecord): Promise<void> {
  await writeJson(fileIn(folder), record);
}

/** Whether the maps in `folder` are what `record` asks for. */
export async function isRecorded(folder: string, record: InterpretationRecord): Promise<boolean> {
  return (await readFile(fileIn(folder), "utf8").catch(() => null)) === formatJson(record);
}
