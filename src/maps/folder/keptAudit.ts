/**
 * What the audit of the data said when a training began (Gyrus), kept beside maps.json: codes and values, with the ids that they name and
 * no paths. A former MAPS, or one of ClinicaDL, has none.
 */
import { z } from "zod";
import { keepFailure, keptProblems } from "../../experiment/problems/keptProblem";
import type { Problem } from "../../experiment/problems/problem";
import { readUtf8 } from "../../files/reader";
import { writeJson } from "./json";
import { mapsPlace } from "./place";

const VERSION = 1;

const keptFinding = z.object({
  severity: z.enum(["error", "warning", "notice"]),
  /** In English, for a reader that does not know the code. */
  message: z.string(),
  problems: keptProblems,
});

const keptAudit = z.object({
  version: z.literal(VERSION),
  /** Kinds of errors that the user let pass: they are warnings here. */
  accepted: z.array(z.string()).readonly(),
  /** The worst first. */
  findings: z.array(keptFinding).readonly(),
});
export type KeptAudit = Readonly<z.infer<typeof keptAudit>>;

export interface AuditResult {
  readonly accepted: readonly string[];
  readonly findings: readonly Problem[];
}

export async function writeAudit(maps: string, { accepted, findings }: AuditResult): Promise<void> {
  const kept: KeptAudit = {
    version: VERSION,
    accepted,
    findings: findings.map(({ file: _, ...found }) => ({
      severity: found.severity,
      ...keepFailure([found]),
    })),
  };
  await writeJson(mapsPlace(maps).auditJson, kept);
}

/** Null where the MAPS has none, or one of a version that is not known here. */
export async function readAudit(maps: string): Promise<KeptAudit | null> {
  try {
    const read = keptAudit.safeParse(JSON.parse(await readUtf8(mapsPlace(maps).auditJson, "json")));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
