import { isId } from "./names";
import { problem } from "./problems/makeProblem";
import type { Problem } from "./problems/problem";
import { some } from "./problems/some";

/** One problem for all ids of `sessions` of which no path may be made; none where all are names. @param file where they stand */
export function idProblems(
  file: string,
  sessions: readonly { readonly participantId: string; readonly sessionId: string }[],
): Problem[] {
  const faulty = sessions.filter(({ participantId, sessionId }) => !isId(participantId) || !isId(sessionId));
  if (faulty.length === 0) return [];
  const ids = faulty.flatMap(({ participantId, sessionId }) => [participantId, sessionId]);
  const names = some([...new Set(ids.filter((id) => !isId(id)))].map(shortened));
  return [problem("ids.no-name", { file }, { count: faulty.length, of: sessions.length, names })];
}

/** What is no id may be a page. */
const shortened = (id: string) => (id.length > 60 ? `${id.slice(0, 60)}...` : id);
