/** `interpretation.json` beside saliency maps: what was asked, of which weights, and what was found about the maps as a whole. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { openToRead, readUtf8 } from "../../files/reader";
import { formatJson, writeJson } from "./json";

export const INTERPRETATION_METHODS = ["gradients", "grad-cam", "integrated-gradients", "occlusion"] as const;
export type InterpretationMethod = (typeof INTERPRETATION_METHODS)[number];

export interface InterpretationRecord {
  readonly method: InterpretationMethod;
  /** The output that is explained: a class code, 0 for a regression. */
  readonly node: number;
  /** Grad-CAM: number of layers of `convolutions`; null for all. */
  readonly level: number | null;
  /** Occlusion: voxels along each side of a block, and from one block to the next. */
  readonly block?: number;
  readonly stride?: number;
  /** Integrated gradients: points on the way from an empty image. */
  readonly steps?: number;
  /** Whether there are maps as PyTorch tensors too. */
  readonly tensors: boolean;
  /** SHA-256 of the files of the best models, one a network. */
  readonly models: readonly string[];
}

const weightsTestSchema = z.object({
  samples: z.int().nonnegative(),
  rank: z.number().nullable(),
  absoluteRank: z.number().nullable(),
  similarity: z.number(),
  depends: z.boolean().nullable(),
});
/**
 * How alike the maps of some samples are to those of the same network with weights drawn anew (Adebayo et al., 2018): means over
 * the samples of the rank correlation of the values and of their magnitudes (null where a map is the same everywhere), and of
 * the structural similarity of the magnitudes. `depends`: whether the map depends on the weights; null where it cannot be told.
 */
export type WeightsTest = Readonly<z.infer<typeof weightsTestSchema>>;

const completenessSchema = z.object({
  samples: z.int().nonnegative(),
  meanChange: z.number(),
  meanGap: z.number(),
  largestGap: z.number(),
});
/**
 * Of integrated gradients: how far the sum of a map is from the change of the answer from an empty image to the real one. Means
 * over the samples of the size of the change and of the gap, and the largest gap.
 */
export type Completeness = Readonly<z.infer<typeof completenessSchema>>;

const findingsSchema = z.object({
  weightsTest: weightsTestSchema.optional(),
  completeness: completenessSchema.optional(),
});
export type InterpretationFindings = Readonly<z.infer<typeof findingsSchema>>;

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

export async function writeInterpretationRecord(
  folder: string,
  record: InterpretationRecord,
  findings: InterpretationFindings,
): Promise<void> {
  await writeJson(fileIn(folder), { ...record, findings });
}

/** Whether the maps in `folder` are what `record` asks for. */
export async function isRecorded(folder: string, record: InterpretationRecord): Promise<boolean> {
  const kept = await readObject(folder);
  if (kept === null) return false;
  const { findings: _found, ...asked } = kept;
  return formatJson(asked) === formatJson(record);
}

const toldSchema = z.object({
  node: z.int().nonnegative().nullable().catch(null),
  method: z.enum(INTERPRETATION_METHODS).nullable().catch(null),
  findings: findingsSchema.catch({}),
});

/** What a folder of maps tells of itself. ClinicaDL's tell nothing, those of before have no findings. */
export async function readInterpretation(folder: string): Promise<z.infer<typeof toldSchema>> {
  return toldSchema.parse((await readObject(folder)) ?? {});
}

async function readObject(folder: string): Promise<Readonly<Record<string, unknown>> | null> {
  const text = await readUtf8(fileIn(folder), "json").catch(() => "null");
  try {
    return z.record(z.string(), z.unknown()).nullable().catch(null).parse(JSON.parse(text));
  } catch {
    return null;
  }
}
