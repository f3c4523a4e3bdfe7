/**
 * The MAPS and the experiment files of one workspace folder, as they are on disk: found once, then followed. A file watcher
 * tells of changes at once; beneath it a poll, because network drives and full inotify tables tell nothing.
 */
import { basename, dirname, sep } from "node:path";
import {
  type Disposable,
  EventEmitter,
  RelativePattern,
  type Uri,
  type WorkspaceFolder,
  workspace,
} from "vscode";
import { EXPERIMENT_ENDING, isExperimentFile } from "../../experiment/file/experimentFileName";
import { NOTES_FILE } from "../../maps/folder/notesFile";
import { Disposables } from "../disposables";
import { changesByItself, type MapsView, unreadView } from "./mapsView";
import { Pace } from "./pace";

/** What the files say. */
export interface ExperimentReader {
  /** Absolute paths of the MAPS and of the experiment files below `folder`. */
  find(folder: string): Promise<{ readonly maps: readonly string[]; readonly files: readonly string[] }>;
  /** Null when there is no MAPS (any more). Never rejects: what cannot be read is among the problems of the view. */
  read(maps: string): Promise<MapsView | null>;
}

/** `submission.json` is that of a prediction on a cluster, which a MAPS begins that has long been trained. */
const watched = `**/{maps.json,run.json,stop.json,events.jsonl,training.tsv,submission.json,${NOTES_FILE},*${EXPERIMENT_ENDING}}`;
/** At most four refreshes a second, however fast a run goes. */
const refreshInterval = 250;
const livePoll = 1_000;
const searchPoll = 15_000;
/** MAPS that are read at the same time. */
const readers = 16;

export class FolderExperiments implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  readonly #parts = new Disposables();
  readonly #found = new Map<string, MapsView>();
  readonly #dirty = new Set<string>();
  /** MAPS that are being read, with the reading that began last. */
  readonly #readings = new Map<string, symbol>();
  #experimentFiles: readonly string[] = [];
  #reading = false;
  #searchedOnce = false;
  #disposed = false;
  readonly #pace: Pace;
  readonly #reader: ExperimentReader;

  constructor(
    readonly folder: WorkspaceFolder,
    reader: ExperimentReader,
  ) {
    this.#reader = reader;

    this.#pace = this.#parts.add(new Pace(refreshInterval, () => void this.#readDirty()));
    const watcher = this.#parts.add(workspace.createFileSystemWatcher(new RelativePattern(folder, watched)));
    this.#parts.add(watcher.onDidCreate((file) => this.#notice(file)));
    this.#parts.add(watcher.onDidChange((file) => this.#notice(file)));
    this.#parts.add(watcher.onDidDelete((file) => this.#notice(file)));
    // A folder that is deleted takes its files along without a word about them.
    const anything = new RelativePattern(folder, "**");
    const deletions = this.#parts.add(workspace.createFileSystemWatcher(anything, true, true, false));
    this.#parts.add(deletions.onDidDelete((path) => this.#noticeDeletion(path.fsPath)));
    this.#every(livePoll, () => this.#touchLive());
    this.#every(searchPoll, () => void this.search());
  }

  /** False until the folder was searched for the first time. */
  get searched(): boolean {
    return this.#searchedOnce;
  }

  get views(): readonly MapsView[] {
    return [...this.#found.values()];
  }

  get files(): readonly string[] {
    return this.#experimentFiles;
  }

  view(maps: string): MapsView | undefined {
    return this.#found.get(maps);
  }

  /** Looks through the whole folder, and reads every MAPS that is new. */
  async search(): Promise<void> {
    const known = [...this.#found.keys()];
    const { maps, files } = await this.#reader.find(this.folder.uri.fsPath);
    const present = new Set(maps);
    // Reading tells whether they are there: a search has limits, and takes a while in which a MAPS may appear.
    for (const path of known) if (!present.has(path)) this.#dirty.add(path);
    const fresh = maps.filter((path) => !this.#found.has(path));
    for (const path of fresh) {
      this.#found.set(path, unreadView(path));
      this.#dirty.add(path);
    }
    const same = this.#searchedOnce && fresh.length === 0 && sameTexts(files, this.#experimentFiles);
    this.#experimentFiles = files;
    this.#searchedOnce = true;
    // Thousands of MAPS take a moment to read: their names are there before.
    if (!same) this.#changed.fire();
    if (this.#dirty.size > 0) await this.#readDirty();
  }

  /** Reads everything again. */
  async refresh(): Promise<void> {
    for (const path of this.#found.keys()) this.#dirty.add(path);
    await this.search();
  }

  /** Reads `maps` at once. */
  async readNow(maps: string): Promise<MapsView | null> {
    const view = await this.#read(maps);
    if (!this.#disposed) this.#changed.fire();
    return view;
  }

  /** Reads `maps` again soon. */
  touch(maps: string): void {
    this.#dirty.add(maps);
    this.#pace.ask();
  }

  /** Something happened to a file. */
  #notice(file: Uri): void {
    const path = file.fsPath;
    if (isExperimentFile(path)) {
      void this.search();
      return;
    }
    if (basename(path) === NOTES_FILE) {
      for (const maps of this.#found.keys()) if (dirname(maps) === dirname(path)) this.touch(maps);
      return;
    }
    const maps = this.#mapsAround(path) ?? newMaps(path);
    if (maps !== undefined) this.touch(maps);
  }

  #noticeDeletion(path: string): void {
    for (const maps of this.#found.keys()) if (isWithin(maps, path)) this.touch(maps);
  }

  #mapsAround(path: string): string | undefined {
    for (
      let folder = dirname(path);
      folder.length > this.folder.uri.fsPath.length;
      folder = dirname(folder)
    ) {
      if (this.#found.has(folder)) return folder;
    }
    return undefined;
  }

  #touchLive(): void {
    for (const view of this.#found.values()) if (changesByItself(view)) this.touch(view.maps);
  }

  /** Reads what changed; what changes meanwhile has its turn at the next interval. */
  async #readDirty(): Promise<void> {
    if (this.#reading) {
      this.#pace.ask();
      return;
    }
    this.#reading = true;
    const paths = [...this.#dirty];
    this.#dirty.clear();
    const read = async () => {
      for (let maps = paths.pop(); maps !== undefined; maps = paths.pop()) await this.#read(maps);
    };
    try {
      await Promise.all(Array.from({ length: readers }, read));
    } finally {
      this.#reading = false;
    }
    if (!this.#disposed) this.#changed.fire();
  }

  /** Of several readings of a MAPS at a time, the one that began last is kept. */
  async #read(maps: string): Promise<MapsView | null> {
    const reading = Symbol();
    this.#readings.set(maps, reading);
    const view = await this.#reader.read(maps);
    if (this.#readings.get(maps) !== reading) return view;
    this.#readings.delete(maps);
    if (view === null) this.#found.delete(maps);
    else this.#found.set(maps, view);
    return view;
  }

  #every(interval: number, action: () => void): void {
    const timer = setInterval(action, interval);
    this.#parts.add({ dispose: () => clearInterval(timer) });
  }

  dispose(): void {
    this.#disposed = true;
    this.#parts.dispose();
    this.#changed.dispose();
  }
}

const sameTexts = (a: readonly string[], b: readonly string[]) => a.join("\n") === b.join("\n");

/** A maps.json that just appeared makes its folder a MAPS; those of data groups come before it and do not. */
const newMaps = (path: string) =>
  basename(path) === "maps.json" && !/[\\/]groups[\\/]/.test(path) ? dirname(path) : undefined;

/** Whether `path` is `folder` or below it. */
export const isWithin = (path: string, folder: string) =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
