/** Trains one experiment after another, as many at a time as the machine has room for. */
import { setTimeout as sleep } from "node:timers/promises";
import { lookAlone } from "../../maps/units/ownPlaces";
import { claimWorkPlace, leaveWorkPlace, type WorkPlace, workPlaces } from "../../maps/units/workPlaces";
import { type Limits, type Shortage, shortages, withoutOne } from "../../run/trainingQueue";

/** A training that was asked for, and what it takes of the machine. */
export interface Asked extends WorkPlace {
  readonly experiment: string;
}

/** What became of a training. */
export type Became = "finished" | "stopped" | "failed" | "killed" | "not-begun";

export interface Turn {
  readonly limits: Limits;
  /** Bytes of memory that are free now. */
  freeMemory(): number;
  /** Trains to the end; aborts with a checkpoint once `signal` asks for it. Never rejects. */
  train(asked: Asked, signal: AbortSignal): Promise<Exclude<Became, "not-begun">>;
  onBegin(asked: Asked): void;
  onEnd(asked: Asked, became: Became): void;
  /** Told of the first that waits, whenever the reason is another one. */
  onWait(asked: Asked, shortage: Shortage): void;
}

/** Between two looks for a place that others have given back: they end without a word. Milliseconds. */
const LOOK_EVERY = 2_000;

/** @returns what became of each, in the order in which they were asked for */
export async function trainInTurn(
  all: readonly Asked[],
  signal: AbortSignal,
  turn: Turn,
): Promise<readonly Became[]> {
  const became = new Map<Asked, Became>();
  const working = new Map<Asked, Promise<void>>();
  let waiting = all;
  let said = "";
  const begin = (asked: Asked) => {
    claimWorkPlace(asked);
    turn.onBegin(asked);
    const end = async () => {
      const outcome = await turn.train(asked, signal);
      leaveWorkPlace(asked.maps);
      working.delete(asked);
      became.set(asked, outcome);
      turn.onEnd(asked, outcome);
    };
    working.set(asked, end());
  };
  while (waiting.length > 0 && !signal.aborted) {
    const short = look(waiting, [...working.keys()], turn, begin);
    if (short !== null) waiting = waiting.filter((_, index) => short[index] !== null);
    const [first] = waiting;
    const why = short?.find((one) => one !== null);
    if (first !== undefined && why && said !== `${first.maps} ${why.kind}`) {
      said = `${first.maps} ${why.kind}`;
      turn.onWait(first, why);
    }
    if (first === undefined) break;
    await anyEnd([...working.values()], short === null ? 20 + Math.random() * 80 : LOOK_EVERY, signal);
  }
  await Promise.all(working.values());
  return all.map((asked) => became.get(asked) ?? "not-begun");
}

/** Begins what may; of each that waits why it must. Null while another window or terminal looks. */
function look(
  waiting: readonly Asked[],
  working: readonly Asked[],
  { limits, freeMemory }: Turn,
  begin: (asked: Asked) => void,
): readonly (Shortage | null)[] | null {
  const end = lookAlone();
  if (end === null) return null;
  try {
    const others = withoutOne(workPlaces(), new Set(working.map(({ maps }) => maps)));
    const short = shortages(waiting, [...working, ...others], limits, freeMemory());
    for (const [index, asked] of waiting.entries()) if (short[index] === null) begin(asked);
    return short;
  } finally {
    end();
  }
}

/** Until one has ended, `milliseconds` are over or `signal` asks to stop. */
async function anyEnd(
  working: readonly Promise<void>[],
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const time = sleep(milliseconds, undefined, { signal: AbortSignal.any([signal, over.signal]) });
  await Promise.race([...working, time.catch(() => {})]);
  over.abort();
}
