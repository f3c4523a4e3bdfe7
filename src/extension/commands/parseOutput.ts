import type { z } from "zod";

/** What a program printed as JSON, checked against `schema`; null where it printed something else. */
export function parseOutput<T>(schema: z.ZodType<T>, output: string): T | null {
  try {
    return schema.safeParse(JSON.parse(output)).data ?? null;
  } catch {
    return null;
  }
}
