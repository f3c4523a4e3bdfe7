/**
 * What a participant is called in the names of files: participant_id as in ClinicaDL, after the cohort where another cohort of
 * `sessions` has someone of that name, so that no file takes the place of another.
 */
export function participantInFiles<Session extends SessionOfCohort>(
  sessions: readonly Session[],
): (session: Session) => string {
  const cohorts = new Map<string, Set<string | null>>();
  for (const { participantId, cohort } of sessions) {
    const known = cohorts.get(participantId);
    if (known === undefined) cohorts.set(participantId, new Set([cohort]));
    else known.add(cohort);
  }
  return (session) => {
    const [inCohort, alone] = namesInFiles(session);
    return cohorts.get(session.participantId)!.size === 1 ? alone : inCohort;
  };
}

/** What a participant is called where another cohort has someone of that name, and where none has: of one study only one of them is. */
export const namesInFiles = ({ participantId, cohort }: SessionOfCohort): readonly [string, string] => [
  `${(cohort ?? "").replace(/[^\p{L}\p{N}-]/gu, "-")}_${participantId}`,
  participantId,
];

interface SessionOfCohort {
  readonly participantId: string;
  /** Null where it is not known. */
  readonly cohort: string | null;
}
