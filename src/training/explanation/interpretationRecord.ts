/** `interpretation.json` beside saliency maps: what was asked, and of which weights. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { openToRead, readUtf8 } from "../../files/reader";
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
async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  const handle = await openToRead(file).catch(() => null);
  if (handle === null) return "";
  for await (const part of handle.createReadStream()) hash.update(part);
  return hash.digest("hex");
}

const fileIn = (folder: string) => join(folder, "interpretation.json");

export async function writeInterpretationRecord(folder: string, record: InterpretationRecord): Promise<void> {
  await writeJson(fileIn(folder), record);
}

/** Whether the maps in `folder` are what `record` asks for. */
export async function isRecorded(folder: string, record: InterpretationRecord): Promise<boolean> {
  return (await readUtf8(fileIn(folder), "json").catch(() => null)) === formatJson(record);
}
