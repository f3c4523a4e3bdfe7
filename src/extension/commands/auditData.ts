/** Audits the data of an experiment in a process of its own, and shows what was found as a page. */
import { basename } from "node:path";
import { l10n } from "vscode";
import type { Gyrus } from "../gyrus";
import { problemWords } from "../problemWords";
import { notify } from "../report";
import { lastLines } from "../trainer/trainerLog";
import { auditReport } from "./auditReport";
import { readAudit } from "./replies";
import { runWithProgress, showLog } from "./runWithProgress";
import { mapsOrNone, oneExperiment } from "./targets";
import { mayChange } from "./trainingCommands";

export async function auditData(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  if (!mayChange()) return;
  const title = l10n.t("Audit Data");
  const experiment = await oneExperiment(gyrus, given, title);
  if (experiment === undefined) return;
  const maps = await mapsOrNone(gyrus, title);
  if (maps === undefined) return;
  const name = basename(experiment);
  const result = await runWithProgress(
    gyrus,
    ["audit", experiment, ...(maps === null ? [] : ["--maps", maps]), "--json"],
    `${title}: ${name}`,
  );
  if (result === null) return;
  const reply = readAudit(result.output);
  if (reply?.ok) {
    await gyrus.report.show(`${title} ${name}`, auditReport(experiment, reply.result));
    return;
  }
  const problems = reply?.problems ?? [];
  const words = problems.length === 0 ? lastLines(result.messages) : problemWords(problems);
  notify("error", `${title}: ${words}`, [showLog(gyrus)]);
}
