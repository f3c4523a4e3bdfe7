/** Names of the maps in the folder of an explanation, as Gyrus and ClinicaDL write them. */

export interface MapName {
  /** `<participant>_<session>` of the map of one session; null of the mean over all. */
  readonly of: string | null;
  readonly mode: string;
  readonly part: number;
}

const NAME = /^(.+)_(image|patch|roi|slice)-(\d+)_map\.nii(?:\.gz)?$/;
const MEAN = "mean";

/** Null for any other file. */
export function parseMapName(file: string): MapName | null {
  const [, of, mode, part] = NAME.exec(file) ?? [];
  if (of === undefined || mode === undefined) return null;
  return { of: of === MEAN ? null : of, mode, part: Number(part) };
}

/** Participant and session of a name: a session begins with `ses-`, or else is what stands after the last `_`. */
export function sessionInName(of: string): { readonly participantId: string; readonly sessionId: string } {
  const [, participantId = of, sessionId = ""] =
    /^(.+?)_(ses-[^_]+)$/.exec(of) ?? /^(.+)_([^_]+)$/.exec(of) ?? [];
  return { participantId, sessionId };
}
