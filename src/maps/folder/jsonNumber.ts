/** JSON has no NaN and no infinities: they are written as the texts "NaN", "Infinity" and "-Infinity". */
import { z } from "zod";

/** For JSON.stringify. */
export function writeNonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** A number as it was before `writeNonFinite`. */
export const jsonNumber = z.union([
  z.number(),
  z.enum(["NaN", "Infinity", "-Infinity"]).transform((word) => Number(word)),
]);

export const jsonMetrics = z.record(z.string(), jsonNumber).readonly();
