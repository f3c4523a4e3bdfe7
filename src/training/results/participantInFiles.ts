import type { PlannedImage } from "../../data/plan/plannedImage";

/**
 * What a participant is called in the names of files: participant_id as in ClinicaDL, after the cohort where another cohort of
 * `images` has someone of that name, so that no file takes the place of another.
 */
export function participantInFiles(images: readonly PlannedImage[]): (image: PlannedImage) => string {
  const cohorts = new Map<string, Set<string>>();
  for (const { participantId, cohort } of images) {
    const known = cohorts.get(participantId);
    if (known === undefined) cohorts.set(participantId, new Set([cohort]));
    else known.add(cohort);
  }
  return ({ participantId, cohort }) =>
    cohorts.get(participantId)!.size === 1
      ? participantId
      : `${cohort.replace(/[^\p{L}\p{N}-]/gu, "-")}_${participantId}`;
}
