import type { Gyrus } from "../../gyrus";
import type { ChosenSplits } from "./experimentText";
import type { MadeSplits } from "./splitAnswers";

/** Writes `splits` (or `splits_2`, ...) into `folder`; what an experiment says of them. */
export async function writeMadeSplits(gyrus: Gyrus, made: MadeSplits, folder: string): Promise<ChosenSplits> {
  const { writeSplits } = await import("../../../data/splits/writeSplits");
  const { version } = gyrus.context.extension.packageJSON;
  const { tsvPath } = await writeSplits(folder, "splits", { ...made, version: String(version) });
  return { tsvPath, keys: made.plan.keys };
}
