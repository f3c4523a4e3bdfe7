/** An experiment's data planned and audited by what tables and headers tell: known in seconds, before an image is read. */
import { type DataPlan, type DataSurvey, soundPlan, surveyData } from "../data/plan/experimentData";
import type { HeaderProgress } from "../data/sources/images";
import type { Experiment } from "../experiment/experiment";
import type { Acceptable } from "./check";
import { bySeverity, findingsOf } from "./findings";
import { planStudy } from "./gather/planStudy";

/** What can be planned in spite of problems, with all of them: those of the audit too. @param accepted what the user lets pass */
export async function auditedSurvey(
  experiment: Experiment,
  accepted: ReadonlySet<Acceptable> = new Set(),
  onHeader?: HeaderProgress,
): Promise<DataSurvey> {
  const { plan, problems } = await surveyData(experiment, onHeader);
  if (plan === null) return { plan, problems };
  const found = findingsOf(await planStudy(experiment, plan), ["rows", "headers"], accepted);
  const warnings = [...plan.warnings, ...found.filter(({ severity }) => severity !== "error")];
  return { plan: { ...plan, warnings }, problems: bySeverity([...problems, ...found]) };
}

/** Throws an InputError with every problem of every table and header where one of them is an error. */
export const auditedPlan = async (
  experiment: Experiment,
  accepted: ReadonlySet<Acceptable> = new Set(),
  onHeader?: HeaderProgress,
): Promise<DataPlan> => soundPlan(await auditedSurvey(experiment, accepted, onHeader));
