/** Serves one comparison: every run, and again when its files have changed. */
import { stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ComparedRun, ToCompare } from "../../../../webview/compare/messages";
import { mapsPlace } from "../../../maps/folder/place";
import { readComparedRun } from "./comparedRun";

const LOOK_EVERY = 1_000;

export class CompareSession {
  #maps: readonly string[];
  /** Each start has a number; a loop whose number is no longer the last one ends. */
  #generation = 0;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToCompare) => void;
  readonly #ownVersion: string;

  constructor(
    maps: readonly string[],
    texts: Readonly<Record<string, string>>,
    post: (message: ToCompare) => void,
    ownVersion: string,
  ) {
    this.#texts = texts;
    this.#post = post;
    this.#ownVersion = ownVersion;

    this.#maps = [...new Set(maps)];
  }

  get maps(): readonly string[] {
    return this.#maps;
  }

  /** Begins anew for a view that knows nothing. */
  start(): void {
    this.#post({ kind: "welcome", maps: this.#maps, texts: this.#texts });
    void this.#follow(++this.#generation);
  }

  stop(): void {
    this.#generation++;
  }

  remove(maps: string): void {
    this.#maps = this.#maps.filter((one) => one !== maps);
    this.#post({ kind: "maps", maps: this.#maps });
  }

  async #follow(generation: number): Promise<void> {
    const known = new Map<string, { readonly run: ComparedRun; readonly written: string }>();
    while (this.#generation === generation) {
      for (const maps of this.#maps) {
        const before = known.get(maps);
        const written = await lastWritten(maps);
        // One that trains writes its logs, whatever else it writes.
        if (before !== undefined && !before.run.live && before.written === written) continue;
        const run = await readComparedRun(maps, this.#ownVersion);
        if (this.#generation !== generation) return;
        known.set(maps, { run, written });
        if (before === undefined || isNews(before.run, run)) this.#post({ kind: "run", run });
      }
      await delay(LOOK_EVERY);
    }
  }
}

/** When the files were written that a MAPS cannot be without: another text when it is resumed, replaced or deleted. */
async function lastWritten(maps: string): Promise<string> {
  const times = [mapsPlace(maps).mapsJson, mapsPlace(maps).runJson].map((file) =>
    stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    ),
  );
  return (await Promise.all(times)).join();
}

const isNews = (before: ComparedRun, after: ComparedRun) =>
  before.status !== after.status ||
  before.problems.length !== after.problems.length ||
  evaluations(before) !== evaluations(after);

const evaluations = ({ tracks }: ComparedRun) => tracks.map(({ positions }) => positions.length).join();
