/** All that the table knows of the runs: rows, settings, and what they answered for data groups. */
import type { ShownRun, ShownValue, ToRuns } from "../messages";

export class KnownRuns {
  readonly #runs = new Map<string, ShownRun>();
  /** By key, then by MAPS. */
  #settings = new Map<string, ReadonlyMap<string, string>>();
  #differing: readonly string[] = [];
  /** By group, then by MAPS. */
  readonly #measures = new Map<string, Map<string, Readonly<Record<string, ShownValue>>>>();
  #ordered: readonly ShownRun[] | null = null;
  searched = false;
  /** Another number whenever something else is known. */
  version = 0;

  /** The latest first. */
  get runs(): readonly ShownRun[] {
    this.#ordered ??= [...this.#runs.values()].sort(
      (a, b) => b.changed - a.changed || (a.maps < b.maps ? -1 : 1),
    );
    return this.#ordered;
  }

  run(maps: string | null): ShownRun | null {
    return maps === null ? null : (this.#runs.get(maps) ?? null);
  }

  get settingKeys(): readonly string[] {
    return [...this.#settings.keys()];
  }

  /** Keys that not all runs have alike, those of few values first: they are what was tried out. */
  get differing(): readonly string[] {
    return this.#differing;
  }

  setting(key: string, maps: string): string | null {
    return this.#settings.get(key)?.get(maps) ?? null;
  }

  measure(group: string, metric: string, maps: string): ShownValue {
    return this.#measures.get(group)?.get(maps)?.[metric] ?? null;
  }

  /** Metrics that any run measured on a group, as far as these were read. */
  measured(group: string): readonly string[] {
    const values = [...(this.#measures.get(group)?.values() ?? [])];
    return [...new Set(values.flatMap((one) => Object.keys(one)))];
  }

  take(message: Exclude<ToRuns, { kind: "welcome" }>): void {
    this.version++;
    switch (message.kind) {
      case "runs":
        this.#ordered = null;
        for (const run of message.runs) this.#runs.set(run.maps, run);
        for (const maps of message.gone) this.#runs.delete(maps);
        this.searched = message.searched;
        return;
      case "settings": {
        const { maps, columns } = message;
        this.#settings = new Map(
          columns.map(({ key, texts, of }) => [
            key,
            new Map(of.flatMap((place, run) => (place < 0 ? [] : [[maps[run] ?? "", texts[place] ?? ""]]))),
          ]),
        );
        // A run that could not be read says nothing of its settings.
        const read = maps.filter((_, run) => columns.some(({ of }) => (of[run] ?? -1) >= 0)).length;
        this.#differing = columns
          .filter(({ texts, of }) => texts.length > 1 || of.filter((place) => place >= 0).length < read)
          .sort((a, b) => a.texts.length - b.texts.length)
          .map(({ key }) => key);
        return;
      }
      case "measures": {
        const known = this.#measures.get(message.group) ?? new Map();
        for (const { maps, values } of message.runs) known.set(maps, values);
        this.#measures.set(message.group, known);
        return;
      }
    }
  }
}
