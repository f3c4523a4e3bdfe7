/** Serves one comparison: every run, and again when its files have changed. */
import { stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ComparedRun, FromCompare, ToCompare } from "../../../../webview/compare/messages";
import { mapsPlace } from "../../../maps/folder/place";
import { readRecords } from "../../../maps/units/records";
import { Newest } from "../../../messages/newest";
import type { PanelSession } from "../panelKind";
import { comparableGroups, compareGroup } from "./comparedGroup";
import { FollowedLogs, readComparedRun } from "./comparedRun";

const LOOK_EVERY = 1_000;

/** A run as it was told, and how far its files were read. */
interface Known {
  readonly run: ComparedRun;
  readonly written: string;
  readonly logs: FollowedLogs;
}

/** What the editor does for a comparison. */
export interface CompareEditor {
  /** The panel of a MAPS. */
  open(maps: string): Promise<void>;
  /** Asks where, at first beside the folder `beside`, and writes there. */
  save(beside: string, name: string, content: string | Uint8Array): Promise<void>;
}

export class CompareSession implements PanelSession<FromCompare> {
  #maps: readonly string[];
  readonly #following = new Newest();
  readonly #comparing = new Newest();
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToCompare) => void;
  readonly #ownVersion: string;
  readonly #editor: CompareEditor;

  constructor(
    maps: readonly string[],
    texts: Readonly<Record<string, string>>,
    post: (message: ToCompare) => void,
    ownVersion: string,
    editor: CompareEditor,
  ) {
    this.#texts = texts;
    this.#post = post;
    this.#ownVersion = ownVersion;
    this.#editor = editor;
    this.#maps = [...new Set(maps)];
  }

  async receive(message: FromCompare): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#start();
        return;
      case "open":
        await this.#editor.open(message.maps);
        return;
      case "remove":
        this.#maps = this.#maps.filter((one) => one !== message.maps);
        this.#post({ kind: "maps", maps: this.#maps });
        await this.#sendGroups();
        return;
      case "group":
        await compareGroup(
          this.#maps,
          message.group,
          (compared) => this.#post({ kind: "group", compared }),
          this.#comparing.begin(),
        );
        return;
      case "save":
        await this.#editor.save(this.#maps[0] ?? "", message.name, message.content);
        return;
    }
  }

  hidden(): void {
    this.#following.cancel();
    this.#comparing.cancel();
  }

  dispose(): void {
    this.hidden();
  }

  /** Begins anew for a view that knows nothing. */
  #start(): void {
    this.#post({ kind: "welcome", maps: this.#maps, texts: this.#texts });
    void this.#follow(this.#following.begin());
    void this.#sendGroups();
  }

  async #sendGroups(): Promise<void> {
    this.#post({ kind: "groups", groups: await comparableGroups(this.#maps) });
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const known = new Map<string, Known>();
    while (!signal.aborted) {
      for (const maps of this.#maps) {
        const before = known.get(maps);
        const written = await lastWritten(maps);
        // One that trains writes its logs, whatever else it writes.
        if (before !== undefined && !before.run.live && before.written === written) continue;
        const logs = before?.logs ?? new FollowedLogs();
        const run = await readComparedRun(maps, this.#ownVersion, logs);
        if (signal.aborted) return;
        known.set(maps, { run, written, logs });
        if (before === undefined || isNews(before.run, run)) this.#post({ kind: "run", run });
      }
      await delay(LOOK_EVERY);
    }
  }
}

/** When maps.json was written, and the trainers gave their last sign: another text when it is resumed, replaced or deleted. */
async function lastWritten(maps: string): Promise<string> {
  const made = await stat(mapsPlace(maps).mapsJson).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  );
  const records = await readRecords(maps);
  return [made, ...records.map(({ record }) => record.end?.time ?? record.heartbeat)].join();
}

const isNews = (before: ComparedRun, after: ComparedRun) =>
  before.status !== after.status ||
  before.problems.length !== after.problems.length ||
  evaluations(before) !== evaluations(after);

const evaluations = ({ tracks }: ComparedRun) => tracks.map(({ positions }) => positions.length).join();
