/** From a study to all that the checks say of it. */
import type { Problem } from "../experiment/problems/problem";
import type { Acceptable, Check, Needs, Progress } from "./check";
import { CHECKS } from "./checks";
import type { Study } from "./study";

/**
 * What the checks that need one of `needs` find, the worst first.
 * @param accepted what the user lets pass: the errors of these checks become warnings
 * @param onProgress of a check that takes long: pairs that were compared
 */
export function findingsOf(
  study: Study,
  needs: readonly Needs[],
  accepted: ReadonlySet<Acceptable> = new Set(),
  onProgress?: Progress,
): readonly Problem[] {
  const checks: readonly Check[] = Object.values(CHECKS);
  return bySeverity(
    checks
      .filter((check) => needs.includes(check.needs))
      .flatMap((check) => {
        const passes = check.accepted !== null && accepted.has(check.accepted);
        return check.find(study, onProgress).map((found) => (passes ? letPass(found) : found));
      }),
  );
}

/** What the user accepts stops nothing any more. */
export const letPass = (found: Problem): Problem =>
  found.severity === "error" ? { ...found, severity: "warning" } : found;

const ORDER = { error: 0, warning: 1, notice: 2 } as const satisfies Record<Problem["severity"], number>;

/** Errors, then warnings, then notices; of one kind in the order in which they were found. */
export const bySeverity = (found: readonly Problem[]): readonly Problem[] =>
  [...found].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
