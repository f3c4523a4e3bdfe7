/** What headers say of space that nibabel, and so Gyrus, mends or passes over: told once for each kind. */
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { HEADER_ODDITIES, type HeaderOddity } from "../../space/headerOddities";

export interface HeaderOfImage {
  /** Participant and session. */
  readonly name: string;
  readonly oddities: readonly HeaderOddity[];
}

const CODES = {
  "no-form": "header.no-form",
  "forms-differ": "header.forms-differ",
  "form-code": "header.form-code",
  "negative-size": "header.negative-size",
  "zero-size": "header.zero-size",
  "size-no-number": "header.size-no-number",
  affine: "header.affine",
} as const satisfies Readonly<Record<HeaderOddity, string>>;

export const oddHeaders = (headers: readonly HeaderOfImage[], file: string): Problem[] =>
  HEADER_ODDITIES.flatMap((oddity) => {
    const names = headers.filter(({ oddities }) => oddities.includes(oddity)).map(({ name }) => name);
    const values = { count: names.length, of: headers.length, names: some(names) };
    return names.length === 0 ? [] : [warning(CODES[oddity], { file }, values)];
  });
