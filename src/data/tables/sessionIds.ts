/** Sessions of one place found in another, where their ids may be spelt in two ways. */
import { type Difference, type Meant, spellings } from "./idSpelling";

export interface SessionId {
  readonly participantId: string;
  readonly sessionId: string;
}

export interface MeantSession extends SessionId {
  /** In what the ids differ; nothing where they are equal. */
  readonly differences: readonly Difference[];
}

/** `sub-01 ses-M000` */
export const sessionName = ({ participantId, sessionId }: SessionId) => `${participantId} ${sessionId}`;

/**
 * @param present the sessions of the other place
 * @returns for a session the only one that it can mean there; null where there is none, or several
 */
export function sessionSpellings(present: readonly SessionId[]): (session: SessionId) => MeantSession | null {
  const sessions = new Map<string, string[]>();
  for (const { participantId, sessionId } of present) {
    const own = sessions.get(participantId);
    if (own === undefined) sessions.set(participantId, [sessionId]);
    else own.push(sessionId);
  }
  const participant = spellings([...sessions.keys()]);
  const bySession = new Map<string, (id: string) => Meant | null>();
  const sessionOf = (participantId: string) => {
    const known = bySession.get(participantId) ?? spellings(sessions.get(participantId) ?? []);
    bySession.set(participantId, known);
    return known;
  };
  return ({ participantId, sessionId }) => {
    const person = participant(participantId);
    const session = person === null ? null : sessionOf(person.id)(sessionId);
    if (person === null || session === null) return null;
    const differences = [...new Set([...person.differences, ...session.differences])];
    return { participantId: person.id, sessionId: session.id, differences };
  };
}

/** Sessions that differ from those of the other place in the same way. */
export interface MisspeltSessions {
  readonly differences: readonly Difference[];
  /** Each as it is spelt here, and there. */
  readonly pairs: readonly { readonly here: SessionId; readonly there: MeantSession }[];
}

/** `sessions` that are spelt otherwise in the other place, by the way in which they differ, the commonest first. */
export function misspelt(
  sessions: readonly SessionId[],
  meant: (session: SessionId) => MeantSession | null,
): MisspeltSessions[] {
  const groups = new Map<
    string,
    { differences: readonly Difference[]; pairs: { here: SessionId; there: MeantSession }[] }
  >();
  for (const here of sessions) {
    const there = meant(here);
    if (there === null || there.differences.length === 0) continue;
    const key = there.differences.join();
    const group = groups.get(key) ?? { differences: there.differences, pairs: [] };
    group.pairs.push({ here, there });
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.pairs.length - a.pairs.length);
}
