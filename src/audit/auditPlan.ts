/** An experiment's data planned and audited by what tables and headers tell: known in seconds, before an image is read. */
import { type DataPlan, type DataSurvey, soundPlan, surveyData } from "../data/plan/experimentData";
import type { HeaderProgress } from "../data/sources/images";
import type { Experiment } from "../experiment/experiment";
import { InputError } from "../experiment/problems/problem";
import type { Acceptable } from "./check";
import { bySeverity, findingsOf } from "./findings";
import { planStudy } from "./gather/planStudy";
import type { Study } from "./study";

/** What can be planned, and the study that was audited; both null when there is nothing to look at. */
export interface AuditedSurvey extends DataSurvey {
  readonly study: Study | null;
}

export interface AuditedPlan {
  readonly plan: DataPlan;
  readonly study: Study;
}

/** What can be planned in spite of problems, with all of them: those of the audit too. @param accepted what the user lets pass */
export async function auditedSurvey(
  experiment: Experiment,
  accepted: ReadonlySet<Acceptable> = new Set(),
  onHeader?: HeaderProgress,
): Promise<AuditedSurvey> {
  const { plan, problems } = await surveyData(experiment, onHeader);
  if (plan === null) return { plan, problems, study: null };
  const study = await planStudy(experiment, plan);
  const found = findingsOf(study, ["rows", "headers"], accepted);
  const warnings = [...plan.warnings, ...found.filter(({ severity }) => severity !== "error")];
  return { plan: { ...plan, warnings }, problems: bySeverity([...problems, ...found]), study };
}

/** Throws an InputError with every problem of every table and header where one of them is an error. */
export async function auditedPlan(
  experiment: Experiment,
  accepted: ReadonlySet<Acceptable> = new Set(),
  onHeader?: HeaderProgress,
): Promise<AuditedPlan> {
  const survey = await auditedSurvey(experiment, accepted, onHeader);
  const plan = soundPlan(survey);
  if (survey.study === null) throw new InputError(survey.problems);
  return { plan, study: survey.study };
}
