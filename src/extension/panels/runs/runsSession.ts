/**
 * Serves the run table: every MAPS that the tree of experiments knows, and again those that change. Settings, notes and answers for data
 * groups are read for the table alone.
 */
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Disposable } from "vscode";
import type { FromRuns, ShownRun, ToRuns } from "../../../../webview/runs/messages";
import { mapLimited } from "../../../data/batches/collect";
import { readMapsJson } from "../../../maps/folder/mapsJson";
import { changeRunNote, type RunNote } from "../../../maps/folder/runNotes";
import { Newest } from "../../../messages/newest";
import { FolderNotes } from "../../experiments/folderNotes";
import type { MapsView } from "../../experiments/mapsView";
import { Pace } from "../../experiments/pace";
import { flatten } from "../compare/comparedRun";
import type { PanelSession } from "../panelKind";
import { readMeasures } from "./runMeasures";
import { runRow, settingColumns } from "./runRows";

/** Milliseconds. */
const REDRAW = 300;
/** Notes may be written by another window. */
const LOOK_EVERY = 3_000;
/** MAPS that are read at the same time. */
const READERS = 16;
/** MAPS whose answers are told at once. */
const PORTION = 100;

/** What the table shows, as the tree of experiments has it. */
export interface KnownRuns {
  readonly views: readonly MapsView[];
  readonly searched: boolean;
  onDidChange(listener: () => void): Disposable;
}

/** What the editor does for a run table. */
export interface RunsEditor {
  /** A folder as the user knows it: from the folder of the window. */
  shownFolder(path: string): string;
  open(maps: string): Promise<void>;
  compare(maps: readonly string[]): Promise<void>;
  rename(maps: string): Promise<void>;
  delete(maps: readonly string[]): Promise<void>;
  restore(): Promise<void>;
  save(name: string, content: string | Uint8Array): Promise<void>;
}

export class RunsSession implements PanelSession<FromRuns> {
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToRuns) => void;
  readonly #known: KnownRuns;
  readonly #editor: RunsEditor;
  readonly #following = new Newest();
  readonly #pace: Pace;
  readonly #listening: Disposable;
  readonly #settings = new Map<string, Readonly<Record<string, string>>>();
  /** The MAPS whose settings the view has. */
  #toldSettings = "";
  readonly #notes = new FolderNotes();
  /** Rows as they were told, with the view that they come from. */
  readonly #told = new Map<string, { readonly view: MapsView; readonly row: string }>();
  readonly #groups = new Set<string>();
  #visible: AbortSignal | null = null;
  #updating = false;

  constructor(
    texts: Readonly<Record<string, string>>,
    post: (message: ToRuns) => void,
    known: KnownRuns,
    editor: RunsEditor,
  ) {
    this.#texts = texts;
    this.#post = post;
    this.#known = known;
    this.#editor = editor;
    this.#pace = new Pace(REDRAW, () => void this.#update());
    this.#listening = known.onDidChange(() => this.#pace.ask());
  }

  async receive(message: FromRuns): Promise<void> {
    switch (message.kind) {
      case "hello":
        await this.#start();
        return;
      case "open":
        for (const maps of this.#knownOf([message.maps])) await this.#editor.open(maps);
        return;
      case "compare":
        await this.#editor.compare(this.#knownOf(message.maps));
        return;
      case "note":
        await this.#note(message.maps, message.change);
        return;
      case "rename":
        for (const maps of this.#knownOf([message.maps])) await this.#editor.rename(maps);
        return;
      case "delete": {
        const maps = this.#knownOf(message.maps);
        // Of none the command would ask which.
        if (maps.length > 0) await this.#editor.delete(maps);
        return;
      }
      case "restore":
        await this.#editor.restore();
        return;
      case "group":
        this.#groups.add(message.group);
        await this.#sendMeasures(message.group, this.#known.views);
        return;
      case "save":
        await this.#editor.save(message.name, message.content);
        return;
    }
  }

  hidden(): void {
    this.#visible = null;
    this.#following.cancel();
  }

  dispose(): void {
    this.hidden();
    this.#listening.dispose();
    this.#pace.dispose();
  }

  /** Begins anew for a view that knows nothing. */
  async #start(): Promise<void> {
    const signal = this.#following.begin();
    this.#visible = signal;
    this.#told.clear();
    this.#toldSettings = "";
    this.#groups.clear();
    this.#post({ kind: "welcome", texts: this.#texts });
    void this.#lookAtNotes(signal);
    await this.#update();
  }

  async #lookAtNotes(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await delay(LOOK_EVERY);
      if (!signal.aborted) this.#pace.ask();
    }
  }

  /** Tells what has changed. What changes meanwhile has its turn at the next interval. */
  async #update(): Promise<void> {
    if (this.#visible === null) return;
    if (this.#updating) {
      this.#pace.ask();
      return;
    }
    this.#updating = true;
    const signal = this.#visible;
    try {
      const { views } = this.#known;
      await this.#notes.look(new Set(views.map(({ maps }) => dirname(maps))));
      if (!signal.aborted) this.#tellRows(views);
      await this.#readSettings(views, signal);
    } finally {
      this.#updating = false;
    }
  }

  #tellRows(views: readonly MapsView[]): void {
    const changed: MapsView[] = [];
    const runs: ShownRun[] = [];
    for (const view of views) {
      const row = runRow(view, this.#notes.of(view.maps), (path) => this.#editor.shownFolder(path));
      const before = this.#told.get(view.maps);
      const text = JSON.stringify(row);
      if (before?.view !== view) changed.push(view);
      if (before?.row !== text) runs.push(row);
      this.#told.set(view.maps, { view, row: text });
    }
    const present = new Set(views.map(({ maps }) => maps));
    const gone = [...this.#told.keys()].filter((maps) => !present.has(maps));
    for (const maps of gone) {
      this.#told.delete(maps);
      this.#settings.delete(maps);
    }
    this.#post({ kind: "runs", runs, gone, searched: this.#known.searched });
    for (const group of this.#groups) void this.#sendMeasures(group, changed);
  }

  /** A maps.json is read once: no training changes it. */
  async #readSettings(views: readonly MapsView[], signal: AbortSignal): Promise<void> {
    const unread = views.filter(({ maps, status }) => !this.#settings.has(maps) && status !== "unread");
    await mapLimited(unread, READERS, async ({ maps }) => {
      const settings = await readMapsJson(maps).then(
        ({ json }) => flatten(json),
        () => ({}),
      );
      this.#settings.set(maps, settings);
    });
    const maps = views.flatMap((view) => (this.#settings.has(view.maps) ? [view.maps] : []));
    const told = maps.join("\n");
    if (signal.aborted || told === this.#toldSettings) return;
    this.#toldSettings = told;
    this.#post({
      kind: "settings",
      maps,
      columns: settingColumns(maps.map((one) => this.#settings.get(one))),
    });
  }

  /** Those that are runs of this window: no other folder is touched, whatever a view says. */
  #knownOf(maps: readonly string[]): readonly string[] {
    const known = new Set(this.#known.views.map((view) => view.maps));
    return maps.filter((one) => known.has(one));
  }

  async #note(maps: readonly string[], change: RunNote): Promise<void> {
    try {
      // One after the other: they stand in one file.
      for (const one of this.#knownOf(maps)) await changeRunNote(one, change);
    } finally {
      for (const one of maps) this.#notes.forget(dirname(one));
      this.#pace.ask();
    }
  }

  async #sendMeasures(group: string, views: readonly MapsView[]): Promise<void> {
    const signal = this.#visible;
    const having = views.filter(({ groups }) => groups.includes(group));
    for (let done = 0; done < having.length && signal !== null; done += PORTION) {
      const runs = await mapLimited(having.slice(done, done + PORTION), READERS, async (view) => ({
        maps: view.maps,
        values: await readMeasures(view, group),
      }));
      if (signal.aborted) return;
      this.#post({ kind: "measures", group, runs });
    }
  }
}
