/** From a study to all that the checks say of it. */
import { withHint } from "../experiment/problems/makeProblem";
import { phrase } from "../experiment/problems/phrases";
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
        const { accepted: by } = check;
        const found = check.find(study, onProgress);
        return by === null ? found : found.map((one) => passing(one, by, accepted));
      }),
  );
}

/** What the user accepts stops nothing any more; an error that is not accepted says by what it would be. */
export function passing(
  found: Problem,
  by: Acceptable,
  accepted: ReadonlySet<Acceptable> = new Set(),
): Problem {
  if (found.severity !== "error") return found;
  if (accepted.has(by)) return { ...found, severity: "warning" };
  return withHint(phrase("lets-pass", { option: `--accept-${by}` }), found);
}

const ORDER = { error: 0, warning: 1, notice: 2 } as const satisfies Record<Problem["severity"], number>;

/** Errors, then warnings, then notices; of one kind in the order in which they were found. */
export const bySeverity = (found: readonly Problem[]): readonly Problem[] =>
  [...found].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
