/**
 * Follows the files of one MAPS for a panel: run information, event logs, tables. It keeps nothing of what it
 * read: a panel that lost something is served from the file again.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { RunInfo, TrackId, TrackInfo } from "../../../webview/training/messages";
import { readingProblems } from "../../experiment/file/fileProblem";
import { failurePhrase } from "../../experiment/problems/failurePhrase";
import { readTable } from "../../maps/events/curves";
import { EventTail } from "../../maps/events/eventTail";
import { mapsPlace } from "../../maps/folder/place";
import { findPlace } from "../../maps/folder/splits";
import { Newest } from "../../messages/newest";
import type { RunEvent } from "../../run/events";
import { isLive } from "../../run/state";
import type { EvaluationRow } from "../../run/track";
import { neverSubmitted, type ReadCluster } from "../cluster/readCluster";
import { describeHere, phraseHere } from "../language";
import { readRunInfo } from "./runInfo";

/** Well under the 250 ms in which an event is to be seen. */
const LIVE_INTERVAL = 120;
const QUIET_INTERVAL = 1_000;
const INFO_INTERVAL = 1_000;
/** Events in one message: a long log comes in parts that the view can draw one after the other. */
const BLOCK = 20_000;
/** A broken log is said in a few lines, not in thousands. */
const MOST_PROBLEMS = 3;

export interface RunListener {
  run(info: RunInfo): void;
  /** All that can be read from number `from` on, as far as they go; not empty. */
  events(track: TrackId, events: readonly RunEvent[], from: number): void;
  table(track: TrackId, rows: readonly EvaluationRow[]): void;
  restart(track: TrackId): void;
}

interface Followed {
  readonly tail: EventTail;
  /** The next event that the panel waits for. */
  next: number;
  /** The log that the panel knows was removed or cut. It stays in sight until there is another. */
  gone: boolean;
  problems: readonly string[];
}

export class RunFollower {
  readonly #tracks = new Map<TrackId, Followed>();
  /** What was wrong with the tables that were read, by track. */
  readonly #tables = new Map<TrackId, readonly string[]>();
  readonly #following = new Newest();
  #info: RunInfo | null = null;
  #told = "";
  #infoTime = 0;
  readonly #maps: string;
  readonly #name: string;
  readonly #listener: RunListener;
  readonly #ownVersion: string;
  readonly #readCluster: ReadCluster;

  constructor(
    maps: string,
    name: string,
    listener: RunListener,
    ownVersion: string,
    readCluster: ReadCluster = neverSubmitted,
  ) {
    this.#readCluster = readCluster;
    this.#maps = maps;
    this.#name = name;
    this.#listener = listener;
    this.#ownVersion = ownVersion;
  }

  /** Begins anew for a panel that knows the events before `known`, by track. */
  start(known: Readonly<Record<TrackId, number>>): void {
    this.#tracks.clear();
    this.#tables.clear();
    this.#told = "";
    this.#infoTime = 0;
    for (const [track, next] of Object.entries(known)) this.#nextOf.set(track, next);
    void this.#follow(this.#following.begin());
  }

  /** Sends the events from `next` again. */
  resync(track: TrackId, next: number): void {
    this.#tracks.delete(track);
    this.#nextOf.set(track, next);
  }

  stop(): void {
    this.#following.cancel();
  }

  /** Where to begin with a track that is not followed yet. */
  readonly #nextOf = new Map<TrackId, number>();

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#look(() => !signal.aborted);
      const live = this.#info !== null && isLive(this.#info.status);
      await delay(live ? LIVE_INTERVAL : QUIET_INTERVAL);
    }
  }

  /** One look at the files. `wanted` tells whether anybody still waits for the answer. */
  async #look(wanted: () => boolean): Promise<void> {
    const now = Date.now();
    if (this.#info === null || now - this.#infoTime >= INFO_INTERVAL) {
      this.#infoTime = now;
      this.#info = await readRunInfo(this.#maps, this.#name, this.#info, this.#ownVersion, this.#readCluster);
    }
    const info = this.#info;
    if (!wanted()) return;
    this.#tell(info);
    for (const track of info.tracks) {
      if (!wanted()) return;
      if (track.source === "events") await this.#readOn(track, wanted);
      else if (track.source === "table" && !this.#tables.has(track.id)) await this.#readTable(track, wanted);
    }
    this.#tell(info);
  }

  #tell(info: RunInfo): void {
    const found = [...this.#tracks.values()].flatMap(({ problems }) => problems);
    const complete = { ...info, problems: [...info.problems, ...found, ...said(this.#tables)] };
    const told = JSON.stringify(complete);
    if (told === this.#told) return;
    this.#told = told;
    this.#listener.run(complete);
  }

  async #readOn({ id, split, network }: TrackInfo, wanted: () => boolean): Promise<void> {
    const followed = this.#tracks.get(id) ?? this.#begin(id, split, network);
    try {
      const { events, problems, restarted } = await followed.tail.read();
      if (!wanted() || this.#tracks.get(id) !== followed) return;
      followed.gone ||= restarted;
      if (events.length > 0 && (followed.gone || isAnotherLog(events, followed.next))) {
        this.#listener.restart(id);
        followed.next = 0;
        followed.gone = false;
        followed.problems = [];
      }
      if (problems.length > 0)
        followed.problems = firstOf([
          ...followed.problems,
          ...problems.map((one) => describeHere({ ...one, file: `${id}/events.jsonl` })),
        ]);
      const fresh = events.filter(({ seq }) => seq >= followed.next);
      for (let i = 0; i < fresh.length; i += BLOCK) {
        const block = fresh.slice(i, i + BLOCK).map(toldHere);
        this.#listener.events(id, block, followed.next);
        followed.next = (block.at(-1)?.seq ?? 0) + 1;
      }
    } catch (error) {
      followed.problems = readingProblems(error, `${id}/events.jsonl`).map(describeHere);
    }
  }

  #begin(id: TrackId, split: number, network: number | null): Followed {
    const next = this.#nextOf.get(id) ?? 0;
    this.#nextOf.delete(id);
    const tail = new EventTail(mapsPlace(this.#maps).split(split).network(network).eventsJsonl);
    const followed = { tail, next, gone: false, problems: [] };
    this.#tracks.set(id, followed);
    return followed;
  }

  async #readTable({ id, split, network }: TrackInfo, wanted: () => boolean): Promise<void> {
    const { rows, problems } = await readTable((await findPlace(this.#maps)).split(split).network(network));
    this.#tables.set(id, problems.map(describeHere));
    if (wanted()) this.#listener.table(id, rows);
  }
}

/** What failed is said in the language of the editor, which a view does not know. */
const toldHere = (event: RunEvent): RunEvent =>
  event.kind === "end" ? { ...event, message: phraseHere(failurePhrase(event)), problems: undefined } : event;

/** The panel knows more events than there are: its log was another one. Only a first reading, from event 0, can tell. */
function isAnotherLog(events: readonly RunEvent[], next: number): boolean {
  return events[0]?.seq === 0 && (events.at(-1)?.seq ?? 0) + 1 < next;
}

/** "split-0, split-1: ...": what is wrong with several tables is said once. */
function said(problems: ReadonlyMap<TrackId, readonly string[]>): readonly string[] {
  const tracks = new Map<string, TrackId[]>();
  for (const [id, found] of problems)
    for (const problem of found) tracks.set(problem, [...(tracks.get(problem) ?? []), id]);
  return [...tracks].map(([problem, ids]) => `${ids.join(", ")}: ${problem}`);
}

const firstOf = (problems: readonly string[]): readonly string[] =>
  problems.length <= MOST_PROBLEMS ? problems : [...problems.slice(0, MOST_PROBLEMS), "…"];
