/** The findings of an audit that a user may let pass. */
import { ACCEPTABLE, type Acceptable } from "../../audit/check";
import type { Options, OptionValues } from "./options";

export const ACCEPT_OPTIONS = {
  "accept-leaks": { kind: "flag", text: "also where people or scans are in sets that must not share any" },
  "accept-space": { kind: "flag", text: "also where images are not stored alike and that tells their class" },
} as const satisfies Options & Readonly<Record<`accept-${Acceptable}`, unknown>>;

export function acceptedBy(options: OptionValues<typeof ACCEPT_OPTIONS>): ReadonlySet<Acceptable> {
  const given = {
    leaks: options["accept-leaks"],
    space: options["accept-space"],
  } satisfies Readonly<Record<Acceptable, unknown>>;
  return new Set(ACCEPTABLE.filter((name) => given[name]));
}
