/** The networks of a split at the same time: how many, on which engine. */
import type { Engine } from "../../engine/engine";
import { type Notice, notice } from "../notices";
import type { PreparedRun } from "./prepareRun";

export interface SideBySide {
  readonly engine: Engine;
  /** Networks that train at the same time. */
  readonly atOnce: number;
}

/** What `networks_at_once` comes to with this engine and so many networks. Says so where it comes to nothing. */
export function sideBySide(
  { experiment, networks }: Pick<PreparedRun, "experiment" | "networks">,
  engine: Engine,
  onNotice: (notice: Notice) => void,
): SideBySide {
  const atOnce = Math.min(experiment.networks_at_once, networks.length);
  if (atOnce === 1) return { engine, atOnce };
  if (engine.sideBySide === undefined) {
    const { library, device } = engine.description;
    onNotice(notice("networks-in-turn", { library, device }));
    return { engine, atOnce: 1 };
  }
  return { engine: engine.sideBySide(atOnce), atOnce };
}

/**
 * Calls `run` for each of `items`, for `atOnce` of them at the same time, in their order; after an answer for which `isLast`
 * holds no other is begun.
 * @returns the answers in the order of `items`, as far as it came
 * @throws what a `run` throws, when all that had begun have ended
 */
export async function runAtOnce<Item, Answer>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Answer>,
  isLast: (answer: Answer) => boolean,
): Promise<Answer[]> {
  const answers = new Map<number, Answer>();
  const waiting = items.entries();
  let ended = false;
  const lane = async () => {
    // The iterator is shared: each lane takes the next item that nobody has taken.
    while (!ended) {
      const next = waiting.next();
      if (next.done) return;
      const [place, item] = next.value;
      try {
        const answer = await run(item);
        answers.set(place, answer);
        ended ||= isLast(answer);
      } catch (error) {
        ended = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, lane));
  for (const outcome of lanes) if (outcome.status === "rejected") throw outcome.reason;
  return items.flatMap((_, place) => {
    const answer = answers.get(place);
    return answer === undefined ? [] : [answer];
  });
}
