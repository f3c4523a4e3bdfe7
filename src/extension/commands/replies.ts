/** What the commands of the trainer answer with `--json`, as far as the editor uses it. */
import { z } from "zod";
import { found, type ReplyProblem, readReply, warned } from "../../run/commandReply";

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

/** Of `gyrus engines`; null where the output is something else. */
export const readEngines = (output: string) => readReply(enginesReport, output);

/** Of `gyrus engines install`; null where the output is something else. */
export const readInstalled = (output: string) => readReply(engineReport, output);

/** Of `gyrus engines install node`; null where the output is something else. */
export const readInstalledNode = (output: string) =>
  readReply(z.object({ node: z.string(), version: z.string() }), output);

/** Of `gyrus interpret`; null where the output is something else. */
export const readInterpretation = (output: string) =>
  readReply(z.object({ folders: z.array(z.string()) }), output);

/** Of `gyrus report`; null where the output is something else. */
export const readReported = (output: string) => readReply(z.object({ file: z.string() }), output);

const units = z.array(z.object({ split: z.number(), network: z.number().nullable() }));

/** Of `gyrus submit --dry-run`; null where the output is something else. */
export const readScripts = (output: string) =>
  readReply(
    warned.extend({
      units,
      /** Of the first job, which checks, of the array of units, and of the last job, which joins. */
      scripts: z.object({ check: z.string(), array: z.string().nullable(), join: z.string() }),
    }),
    output,
  );

/** Of `gyrus submit`; null where the output is something else. */
export const readSubmitted = (output: string) => readReply(warned.extend({ units }), output);

const audit = z.object({ scans: z.number(), people: z.number(), read: z.number(), findings: found });
export type Audit = z.infer<typeof audit>;

/** Of `gyrus audit`; null where the output is something else. */
export const readAudit = (output: string) => readReply(audit, output);

/** Of any command whose warnings are told; null where the output is something else. */
export const readWarned = (output: string) => readReply(warned, output);

/** The problems of the answer with which a trainer's log ends; none where it ended without one. */
export function readEnd(log: string): readonly ReplyProblem[] {
  const reply = readReply(z.unknown(), log.trimEnd().split(/\r?\n/).at(-1) ?? "");
  return reply === null || reply.ok ? [] : reply.problems;
}
