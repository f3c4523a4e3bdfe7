/**
 * The threshold by which a data group is judged (Gyrus), kept beside its table so that terminal, panel and report judge by the same one:
 * `threshold.json`, which a MAPS has only where somebody chose one.
 */
import { rm } from "node:fs/promises";
import { z } from "zod";
import { readUtf8 } from "../../files/reader";
import { writeJson } from "./json";
import type { GroupPlace } from "./place";

const VERSION = 1;

const keptThresholds = z.object({
  version: z.literal(VERSION),
  /** Class that a probability of at least the threshold stands for. */
  positive: z.string(),
  /** `youden`: Youden's index on the people of the validation set; `given`: by the user. */
  rule: z.enum(["youden", "given"]),
  thresholds: z
    .array(
      z.object({
        /** `ensemble/best-BA` */
        answers: z.string(),
        /** Whose networks answered: an ensemble of other splits has another threshold. */
        splits: z.array(z.number().int()).readonly(),
        value: z.number().min(0).max(1),
      }),
    )
    .readonly(),
});
export type KeptThresholds = Readonly<Omit<z.infer<typeof keptThresholds>, "version">>;

/** Replaces what was kept before. */
export async function keepThresholds(place: GroupPlace, kept: KeptThresholds): Promise<void> {
  await writeJson(place.thresholdJson, { version: VERSION, ...kept });
}

export async function forgetThresholds(place: GroupPlace): Promise<void> {
  await rm(place.thresholdJson, { force: true });
}

/** Null where none is kept; "unreadable" where the file is of another version, or broken. */
export async function readThresholds(place: GroupPlace): Promise<KeptThresholds | null | "unreadable"> {
  const text = await readUtf8(place.thresholdJson, "json").catch(() => null);
  if (text === null) return null;
  try {
    const read = keptThresholds.safeParse(JSON.parse(text));
    return read.success ? read.data : "unreadable";
  } catch {
    return "unreadable";
  }
}
