/** In what order the sessions of a person were. */

/** `ses-M006`: Clinica's name, in months after the first visit. */
const MONTH = /^ses-M(\d+)$/;

export const isMonth = (session: string) => MONTH.test(session);

/** Months after the first visit; NaN for a session with another name. */
const monthOf = (session: string) => Number(MONTH.exec(session)?.[1] ?? Number.NaN);

/** Numbers within a name count as numbers: `ses-2` is before `ses-10`, and a date before a later one. */
const names = new Intl.Collator("en", { numeric: true });

/** Negative where `a` was before `b`: by months where both are named by them, else by name. */
export function compareSessions(a: string, b: string): number {
  const months = monthOf(a) - monthOf(b);
  return Number.isNaN(months) ? names.compare(a, b) : months;
}
