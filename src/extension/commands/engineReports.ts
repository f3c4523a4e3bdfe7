/** What `gyrus engines --json` prints, as far as the editor shows it. */
import { z } from "zod";
import { parseOutput } from "./parseOutput";

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
export const readEngines = (output: string): EnginesReport | null => parseOutput(enginesReport, output);

/** Of `gyrus engines install --json`; null where the output is something else. */
export const readInstalled = (output: string): EngineReport | null => parseOutput(engineReport, output);
