/** Every check by its name, in the order in which a report tells of them. A check is one file in `checks/` and one line here. */
import type { Check } from "./check";
import { people } from "./checks/people";

export const CHECKS = { people } as const satisfies Readonly<Record<string, Check>>;
