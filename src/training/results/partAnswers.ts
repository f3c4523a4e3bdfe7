/** The answers of a part of a group as a file, `part-<n>.json`, from the task that gave them to the job that joins them. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../files/atomicFile";
import { readUtf8, readWhole } from "../../files/reader";
import { mapsPlace } from "../../maps/folder/place";
import { NON_FINITE } from "../../run/jsonNumber";
import type { ModelAnswers } from "./groupInParts";
import type { SelectedModels, TrainedMaps } from "./trainedMaps";

const VERSION = 1;
const text = z.string().max(10_000);

/** JSON has neither these numbers nor the sign of a zero, which the tables show. */
const SPECIAL = [...NON_FINITE, "-0"] as const;
const number = z.union([z.number(), z.enum(SPECIAL).transform(Number)]);
function writeNumber(_key: string, value: unknown): unknown {
  if (Object.is(value, -0)) return "-0";
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

const answerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("probabilities"), probabilities: z.array(number) }),
  z.object({ kind: z.literal("value"), value: number }),
  z.object({
    kind: z.literal("reconstruction"),
    metrics: z.object({ MAE: number, RMSE: number, PSNR: number, SSIM: number }),
  }),
]);

const predictionSchema = z.object({
  participantId: text,
  sessionId: text,
  cohort: text,
  part: z.int().nonnegative(),
  truth: number,
  answer: answerSchema,
  loss: number,
});

const partSchema = z.object({
  version: z.literal(VERSION),
  key: text,
  models: z.array(
    z.object({
      split: z.int().nonnegative(),
      metric: text,
      networks: z.array(
        z.object({ network: z.int().nonnegative().nullable(), predictions: z.array(predictionSchema) }),
      ),
    }),
  ),
});

const partFile = (folder: string, part: number) => join(folder, `part-${part}.json`);

/** The answers of a part to what has this key; null where there are none that are whole. */
export async function readPart(folder: string, part: number, key: string): Promise<ModelAnswers[] | null> {
  try {
    const found = partSchema.parse(JSON.parse(await readUtf8(partFile(folder, part), "table")));
    return found.key === key ? found.models : null;
  } catch {
    return null;
  }
}

export async function writePart(
  folder: string,
  part: number,
  { key, models }: { readonly key: string; readonly models: readonly ModelAnswers[] },
): Promise<void> {
  await writeAtomically(
    partFile(folder, part),
    JSON.stringify({ version: VERSION, key, models }, writeNumber),
  );
}

/** Says of two predictions whether they ask the same of the same weights: sha256. @param asked all that was asked for */
export async function predictionKey(
  { maps, networks }: Pick<TrainedMaps, "maps" | "networks">,
  models: readonly SelectedModels[],
  asked: object,
): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([VERSION, asked, models]));
  for (const { split, metric } of models)
    for (const network of networks)
      hash.update(await readWhole(mapsPlace(maps).split(split).network(network).bestModel(metric), "image"));
  return hash.digest("hex");
}
