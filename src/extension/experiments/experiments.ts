/** The experiments of the whole window: one store for each workspace folder. */
import { type Disposable, EventEmitter, type WorkspaceFolder, workspace } from "vscode";
import { type ExperimentReader, FolderExperiments, isWithin } from "./folderExperiments";
import type { MapsView } from "./mapsView";

export class Experiments implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #transitions = new EventEmitter<{ before: MapsView; after: MapsView }>();
  readonly onDidChange = this.#changed.event;
  /** A MAPS that was known has another status now. */
  readonly onDidChangeStatus = this.#transitions.event;

  #stores: readonly FolderExperiments[] = [];
  #known = new Map<string, MapsView>();
  readonly #folderListener: Disposable;
  readonly #reader: ExperimentReader;

  constructor(reader: ExperimentReader) {
    this.#reader = reader;

    this.#folderListener = workspace.onDidChangeWorkspaceFolders(() => this.#openFolders());
    this.#openFolders();
  }

  get folders(): readonly FolderExperiments[] {
    return this.#stores;
  }

  get views(): readonly MapsView[] {
    return this.#stores.flatMap((store) => store.views);
  }

  /** Paths of the experiment files. */
  get files(): readonly string[] {
    return this.#stores.flatMap((store) => store.files);
  }

  get searched(): boolean {
    return this.#stores.every((store) => store.searched);
  }

  view(maps: string): MapsView | undefined {
    return this.#storeOf(maps)?.view(maps);
  }

  async refresh(): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.refresh()));
  }

  /** Looks through all folders for what is new and gone. */
  async search(): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.search()));
  }

  /** Reads `maps` at once, inside of the workspace or not; null when there is none. */
  async readNow(maps: string): Promise<MapsView | null> {
    return (await this.#storeOf(maps)?.readNow(maps)) ?? this.#reader.read(maps);
  }

  /** Reads `maps` again soon. */
  touch(maps: string): void {
    this.#storeOf(maps)?.touch(maps);
  }

  #storeOf(path: string): FolderExperiments | undefined {
    return this.#stores.find((store) => isWithin(path, store.folder.uri.fsPath));
  }

  /** Keeps the stores of folders that stay, so that nothing is read twice. */
  #openFolders(): void {
    const folders = (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file");
    const kept = this.#stores.filter((store) => folders.some((folder) => isSame(folder, store.folder)));
    for (const store of this.#stores) if (!kept.includes(store)) store.dispose();
    this.#stores = folders.map(
      (folder) => kept.find((store) => isSame(folder, store.folder)) ?? this.#openFolder(folder),
    );
    this.#tell();
  }

  #openFolder(folder: WorkspaceFolder): FolderExperiments {
    const store = new FolderExperiments(folder, this.#reader);
    store.onDidChange(() => this.#tell());
    void store.search();
    return store;
  }

  #tell(): void {
    const before = this.#known;
    this.#known = new Map(this.views.map((view) => [view.maps, view]));
    this.#changed.fire();
    for (const [maps, after] of this.#known) {
      const earlier = before.get(maps);
      if (earlier !== undefined && earlier.status !== after.status) {
        this.#transitions.fire({ before: earlier, after });
      }
    }
  }

  dispose(): void {
    this.#folderListener.dispose();
    for (const store of this.#stores) store.dispose();
    this.#changed.dispose();
    this.#transitions.dispose();
  }
}

const isSame = (a: WorkspaceFolder, b: WorkspaceFolder) => a.uri.toString() === b.uri.toString();
