/** Every check by its name, in the order in which a report tells of them. A check is one file in `checks/` and one line here. */
import type { Check } from "./check";
import { confounds } from "./checks/confounds";
import { headers } from "./checks/headers";
import { intensity } from "./checks/intensity";
import { masks } from "./checks/masks";
import { nearCopies } from "./checks/nearCopies";
import { people } from "./checks/people";
import { sameScan } from "./checks/sameScan";
import { sourceCopies } from "./checks/sourceCopies";
import { space } from "./checks/space";
import { trailingBytes } from "./checks/trailingBytes";

export const CHECKS = {
  people,
  sameScan,
  sourceCopies,
  nearCopies,
  space,
  masks,
  headers,
  intensity,
  confounds,
  trailingBytes,
} as const satisfies Readonly<Record<string, Check>>;
