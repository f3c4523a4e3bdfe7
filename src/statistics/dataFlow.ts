/**
 * Who is in the sets of a training and who was left out, in words and numbers, as the flow diagram of a study has them (CONSORT,
 * STARD). The tables make it (data), the event log keeps it (run), terminal and views say it.
 */

/** Why a row of a table is in no set. */
export const LEFT_OUT_REASONS = [
  /** The labels.tsv that completes the table does not hold it. */
  "not-in-labels",
  "no-diagnosis",
  "other-diagnosis",
  /** Of a table from which splits are made: the column to predict is empty, or holds no class that is asked. */
  "no-label",
  "other-label",
  /** Of a table of a BIDS: the session is not named as a visit, `ses-M006`. */
  "no-visit",
  "memory-complaints",
  "one-session",
  /** Not the first of the person, where that one alone is asked. */
  "later-session",
  "no-image",
  "outside-restriction",
] as const;

export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** In English, as terminal and views say it. */
export const LEFT_OUT_WORDS = {
  "not-in-labels": "not in labels.tsv",
  "no-diagnosis": "no diagnosis",
  "other-diagnosis": "a diagnosis that is not asked",
  "no-label": "no label",
  "other-label": "a label that is not asked",
  "no-visit": "a session that is not named as a visit (ses-M006)",
  "memory-complaints": "subjective memory complaints",
  "one-session": "one session only",
  "later-session": "a later session",
  "no-image": "no image",
  "outside-restriction": "not among the sessions of the restriction",
} as const satisfies { readonly [Reason in LeftOutReason]: string };

/** A person is counted once, however many sessions of theirs there are. */
export interface Count {
  readonly people: number;
  readonly sessions: number;
}

export interface LeftOut extends Count {
  readonly reason: LeftOutReason;
  /** A few of the sessions, by participant and session. */
  readonly examples: readonly string[];
}

export interface ClassCount extends Count {
  readonly name: string;
}

/** One set of a split. */
export interface SetFlow {
  /** What its tables hold. */
  readonly rows: Count;
  readonly used: Count;
  /** By code; empty outside classification. */
  readonly classes: readonly ClassCount[];
  /** Without reasons that left out nobody. */
  readonly leftOut: readonly LeftOut[];
}

/** The sets of one split; `outer` with an inner validation set. */
export interface SplitFlow {
  readonly train: SetFlow;
  readonly validation: SetFlow;
  readonly outer?: SetFlow | undefined;
}

/** A session of a person, for the counts. */
export interface FlowSession {
  /** Tells people of several cohorts apart. */
  readonly person: string;
  /** `sub-01 ses-M000`. */
  readonly name: string;
}

export interface LeftOutSession extends FlowSession {
  readonly reason: LeftOutReason;
}

const EXAMPLES = 3;

export function countSessions(sessions: readonly FlowSession[]): Count {
  return { people: new Set(sessions.map(({ person }) => person)).size, sessions: sessions.length };
}

/** Counts by reason, in the order of the reasons. */
export function leftOutBy(sessions: readonly LeftOutSession[]): LeftOut[] {
  return LEFT_OUT_REASONS.flatMap((reason) => {
    const own = sessions.filter((session) => session.reason === reason);
    if (own.length === 0) return [];
    return [{ reason, ...countSessions(own), examples: own.slice(0, EXAMPLES).map(({ name }) => name) }];
  });
}

/** `AD 4`; of people with several sessions `AD 9 (4)`, as the set is counted: sessions, and people in brackets. */
export const classWords = ({ name, people, sessions }: ClassCount): string =>
  people === sessions ? `${name} ${sessions}` : `${name} ${sessions} (${people})`;
