/** Every check by its name, in the order in which a report tells of them. A check is one file in `checks/` and one line here. */
import type { Check } from "./check";
import { nearCopies } from "./checks/nearCopies";
import { people } from "./checks/people";
import { sameScan } from "./checks/sameScan";

export const CHECKS = { people, sameScan, nearCopies } as const satisfies Readonly<Record<string, Check>>;
