/** What `gyrus engines --json` prints, as far as the editor shows it. */
import { z } from "zod";

const engineReport = z.object({
  engine: z.string(),
  library: z.string(),
  /** Null where it is not installed. */
  version: z.string().nullable(),
  folder: z.string().nullable(),
  devices: z.array(z.string()),
  usable: z.boolean(),
  usesGpu: z.boolean(),
  /** Why it cannot be used, or not on the GPU, and what to do. */
  problem: z.string().nullable(),
});
const enginesReport = z.object({ auto: z.string(), engines: z.array(engineReport) });

export type EngineReport = z.infer<typeof engineReport>;
export type EnginesReport = z.infer<typeof enginesReport>;

/** Of `gyrus engines --json`; null where the output is something else. */
export const readEngines = (output: string): EnginesReport | null => parsed(enginesReport, output);

/** Of `gyrus engines install --json`; null where the output is something else. */
export const readInstalled = (output: string): EngineReport | null => parsed(engineReport, output);

function parsed<T>(schema: z.ZodType<T>, output: string): T | null {
  try {
    return schema.safeParse(JSON.parse(output)).data ?? null;
  } catch {
    return null;
  }
}
