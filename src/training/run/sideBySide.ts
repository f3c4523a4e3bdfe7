/** Splits, and the networks of a split, at the same time: how many, on which engine. */
import { availableParallelism } from "node:os";
import { cacheBytesOf, readingOf } from "../../data/nifti/volumeReader";
import type { Engine } from "../../engine/engine";
import type { Experiment } from "../../experiment/experiment";
import { type Notice, notice } from "../notices";
import type { PreparedRun } from "./prepareRun";
import { trainingBytes } from "./trainingBytes";

export interface SideBySide {
  readonly engine: Engine;
  /** Networks of a split that train at the same time. */
  readonly atOnce: number;
  /** Splits that train at the same time. */
  readonly splitsAtOnce: number;
}

/** What of a machine a training may use. */
export interface Room {
  readonly cores: number;
  /** Bytes that are free, in the limits of a container too, without those of the images that are kept. */
  readonly memory: number;
}

/** The room that is left for networks on this machine now. */
export function roomHere(experiment: Pick<Experiment, "n_proc" | "cache_gb">): Room {
  const images = cacheBytesOf(readingOf(experiment));
  return { cores: availableParallelism(), memory: Math.max(0, process.availableMemory() - images) };
}

type Asked = Pick<PreparedRun, "networks" | "network"> & {
  readonly experiment: Pick<
    Experiment,
    "networks_at_once" | "splits_at_once" | "batch_size" | "optimizer" | "optimizer_settings"
  >;
};

/**
 * What `networks_at_once` and `splits_at_once` come to with this engine, so many networks and so many splits that are left. Says so
 * where it comes to nothing, and what "auto" has chosen.
 */
export function sideBySide(
  asked: Asked,
  splits: number,
  engine: Engine,
  room: Room,
  onNotice: (notice: Notice) => void,
): SideBySide {
  const { experiment, networks } = asked;
  const networksAtOnce = Math.min(experiment.networks_at_once, networks.length);
  const splitsAtOnce = splitsTogether(asked, { splits, networksAtOnce }, engine, room);
  const models = networksAtOnce * splitsAtOnce;
  if (models === 1) return { engine, atOnce: 1, splitsAtOnce: 1 };
  if (engine.sideBySide === undefined) {
    const { library, device } = engine.description;
    if (networksAtOnce > 1) onNotice(notice("networks-in-turn", { library, device }));
    if (splitsAtOnce > 1) onNotice(notice("splits-in-turn", { library, device }));
    return { engine, atOnce: 1, splitsAtOnce: 1 };
  }
  const shared = engine.sideBySide(models);
  if (splitsAtOnce > 1) {
    const { threads } = shared.description;
    onNotice(notice("splits-at-once", { splits: splitsAtOnce, threads }));
  }
  return { engine: shared, atOnce: networksAtOnce, splitsAtOnce };
}

/** Of what is free a part is left to others, and to what the estimate does not know. */
const SHARE_OF_FREE = 0.8;

/**
 * "auto": one thread a model wastes least, so as many splits as there are threads for them, as far as the memory for their networks
 * reaches. A graphics card does not tell how much memory is free, and is busy with one: there it is one.
 */
function splitsTogether(
  { experiment, network }: Asked,
  { splits, networksAtOnce }: { readonly splits: number; readonly networksAtOnce: number },
  { sideBySide: several, description }: Engine,
  { cores, memory }: Room,
): number {
  const most = Math.max(1, splits);
  if (experiment.splits_at_once !== "auto") return Math.min(experiment.splits_at_once, most);
  if (several === undefined || description.device !== "CPU") return 1;
  const bytes = trainingBytes(network, experiment) * networksAtOnce;
  const byMemory = Math.floor((memory * SHARE_OF_FREE) / bytes);
  const byThreads = Math.floor(Math.min(description.threads, cores) / networksAtOnce);
  return Math.max(1, Math.min(most, byMemory, byThreads));
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
