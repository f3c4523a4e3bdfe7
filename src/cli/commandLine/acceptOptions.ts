/** The findings of an audit that a user may let pass. */
import type { Acceptable } from "../../audit/check";
import type { Options, OptionValues } from "./options";

const TEXTS = {
  leaks: "also where people or scans are in sets that must not share any",
  space: "also where images are not stored alike and that tells their class",
} as const satisfies Readonly<Record<Acceptable, string>>;

export const ACCEPT_OPTIONS = {
  "accept-leaks": { kind: "flag", text: TEXTS.leaks },
  "accept-space": { kind: "flag", text: TEXTS.space },
} as const satisfies Options & Readonly<Record<`accept-${Acceptable}`, unknown>>;

export const acceptedBy = (options: OptionValues<typeof ACCEPT_OPTIONS>): ReadonlySet<Acceptable> =>
  new Set([
    ...(options["accept-leaks"] ? (["leaks"] as const) : []),
    ...(options["accept-space"] ? (["space"] as const) : []),
  ]);
