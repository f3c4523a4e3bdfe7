/** Serves one comparison: every run once, then those that train as long as they do. Needs no editor. */
import { setTimeout as delay } from "node:timers/promises";
import type { ComparedRun, ToCompare } from "../../../../webview/compare/messages";
import { readComparedRun } from "./comparedRun";

const LOOK_EVERY = 1_000;

export class CompareSession {
  #maps: readonly string[];
  /** Each start has a number; a loop whose number is no longer the last one ends. */
  #generation = 0;

  constructor(
    maps: readonly string[],
    private readonly texts: Readonly<Record<string, string>>,
    private readonly post: (message: ToCompare) => void,
    private readonly ownVersion: string,
  ) {
    this.#maps = [...new Set(maps)];
  }

  get maps(): readonly string[] {
    return this.#maps;
  }

  /** Begins anew for a view that knows nothing. */
  start(): void {
    this.post({ kind: "welcome", maps: this.#maps, texts: this.texts });
    void this.#follow(++this.#generation);
  }

  stop(): void {
    this.#generation++;
  }

  remove(maps: string): void {
    this.#maps = this.#maps.filter((one) => one !== maps);
    this.post({ kind: "maps", maps: this.#maps });
  }

  async #follow(generation: number): Promise<void> {
    const known = new Map<string, ComparedRun>();
    while (this.#generation === generation) {
      for (const maps of this.#maps) {
        const before = known.get(maps);
        if (before !== undefined && !before.live) continue;
        const run = await readComparedRun(maps, this.ownVersion);
        if (this.#generation !== generation) return;
        known.set(maps, run);
        if (before === undefined || isNews(before, run)) this.post({ kind: "run", run });
      }
      if (![...known.values()].some(({ live }) => live)) return;
      await delay(LOOK_EVERY);
    }
  }
}

const isNews = (before: ComparedRun, after: ComparedRun) =>
  before.status !== after.status ||
  before.problems.length !== after.problems.length ||
  evaluations(before) !== evaluations(after);

const evaluations = ({ tracks }: ComparedRun) => tracks.map(({ positions }) => positions.length).join();
