/** The experiment files that are open, each with what is known of it at the moment. */
import { type Disposable, EventEmitter, type TextDocument, type Uri, workspace } from "vscode";
import { EXPERIMENT_ENDING, isExperimentFile } from "../../experiment/file/experimentFileName";
import { exists } from "../../files/exists";
import { Disposables } from "../disposables";
import { checkData, checkText, type DataCheck, type TextCheck } from "./experimentCheck";
import { type ExperimentText, parseExperimentText, type Span } from "./jsonPlaces";

export interface ExperimentState {
  /** Null while the text is no JSON. */
  readonly text: ExperimentText | null;
  /** Where it stops being JSON. */
  readonly noJson: Span | null;
  readonly check: TextCheck | null;
  /** Of the experiment as it was when its data was last read; null before that. */
  readonly data: DataCheck | null;
}

const isExperimentDocument = (document: TextDocument) =>
  document.uri.scheme === "file" && isExperimentFile(document.fileName);

/** After the last key: the text is checked soon, the data when the user seems to pause. */
const textDelay = 150;
const dataDelay = 800;

export class ExperimentDocuments implements Disposable {
  readonly #parts = new Disposables();
  readonly #changed = this.#parts.add(new EventEmitter<TextDocument>());
  readonly #closed = this.#parts.add(new EventEmitter<TextDocument>());
  readonly onDidChange = this.#changed.event;
  readonly onDidClose = this.#closed.event;
  readonly #open = new Map<string, OpenExperiment>();
  readonly #watcher = this.#parts.add(
    workspace.createFileSystemWatcher(`**/*${EXPERIMENT_ENDING}`, false, true, false),
  );

  constructor() {
    this.#parts.add(workspace.onDidOpenTextDocument((document) => this.#follow(document)));
    this.#parts.add(
      workspace.onDidChangeTextDocument(({ document }) => this.#open.get(key(document))?.edited()),
    );
    this.#parts.add(workspace.onDidSaveTextDocument((document) => this.#saved(document)));
    this.#parts.add(workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => void this.#gone(uri))));
    // What another program deletes stays open in its tab, too.
    this.#parts.add(this.#watcher.onDidDelete((uri) => void this.#gone(uri)));
    this.#parts.add(this.#watcher.onDidCreate((uri) => this.#back(uri)));
    // What could not be looked at before.
    this.#parts.add(
      workspace.onDidGrantWorkspaceTrust(() => {
        for (const experiment of this.#open.values()) experiment.saved();
      }),
    );
    this.#parts.add(workspace.onDidCloseTextDocument((document) => this.#forget(document)));
  }

  /** Takes up the documents that are open already. */
  start(): void {
    for (const document of workspace.textDocuments) this.#follow(document);
  }

  state(document: TextDocument): ExperimentState | undefined {
    return this.#open.get(key(document))?.state;
  }

  #follow(document: TextDocument): void {
    if (!isExperimentDocument(document) || this.#open.has(key(document))) return;
    const experiment = new OpenExperiment(document, () => this.#changed.fire(document));
    this.#open.set(key(document), experiment);
    // Only now: who hears of it asks for its state.
    experiment.check();
  }

  /** One that was deleted while it was open is a file again. */
  #saved(document: TextDocument): void {
    const experiment = this.#open.get(key(document));
    if (experiment === undefined) this.#follow(document);
    else experiment.saved();
  }

  #back(created: Uri): void {
    const document = workspace.textDocuments.find(({ uri }) => uri.path === created.path);
    if (document !== undefined) this.#follow(document);
  }

  /** Some programs write a file by deleting it first: only what stays away is gone. */
  async #gone(deleted: Uri): Promise<void> {
    const inFolder = `${deleted.path}/`;
    for (const document of workspace.textDocuments) {
      const { path } = document.uri;
      if (!this.#open.has(key(document)) || (path !== deleted.path && !path.startsWith(inFolder))) continue;
      if (!(await exists(document.fileName))) this.#forget(document);
    }
  }

  #forget(document: TextDocument): void {
    this.#open.get(key(document))?.dispose();
    if (this.#open.delete(key(document))) this.#closed.fire(document);
  }

  dispose(): void {
    for (const experiment of this.#open.values()) experiment.dispose();
    this.#parts.dispose();
  }
}

const key = (document: TextDocument) => document.uri.toString();

class OpenExperiment implements Disposable {
  state: ExperimentState = { text: null, noJson: null, check: null, data: null };
  #textTimer: NodeJS.Timeout | undefined;
  #dataTimer: NodeJS.Timeout | undefined;
  /** The check of the text that was begun last: what its experiment says decides which data is read. */
  #textCheck: Promise<void> = Promise.resolve();
  /** The experiment whose data was read last, or is being read. */
  #readFor = "";
  /** How often that was begun: a slow disk may answer the first after the second. */
  #readings = 0;
  #disposed = false;
  readonly #document: TextDocument;
  readonly #changed: () => void;

  constructor(document: TextDocument, changed: () => void) {
    this.#document = document;
    this.#changed = changed;
  }

  check(): void {
    this.#textCheck = this.#checkText();
    void this.#textCheck.then(() => this.#checkData());
  }

  edited(): void {
    clearTimeout(this.#textTimer);
    clearTimeout(this.#dataTimer);
    this.#textTimer = setTimeout(() => {
      this.#textCheck = this.#checkText();
    }, textDelay);
    this.#dataTimer = setTimeout(() => void this.#textCheck.then(() => this.#checkData()), dataDelay);
  }

  /** Tables and images may have changed since. */
  saved(): void {
    this.#readFor = "";
    this.edited();
  }

  async #checkText(): Promise<void> {
    const text = this.#document.getText();
    const parsed = parseExperimentText(text);
    if ("noJson" in parsed) {
      this.state = { ...this.state, text: null, noJson: parsed.noJson, check: null };
    } else {
      const check = await checkText(parsed.json, this.#document.fileName);
      // Another text stands there by now, which is checked in its turn.
      if (this.#disposed || this.#document.getText() !== text) return;
      this.state = { ...this.state, text: parsed, noJson: null, check };
    }
    this.#changed();
  }

  async #checkData(): Promise<void> {
    const experiment = this.state.check?.experiment ?? null;
    const identity = JSON.stringify(experiment);
    if (identity === this.#readFor) return;
    this.#readFor = identity;
    const reading = ++this.#readings;
    const data = experiment === null ? null : await checkData(experiment);
    // Another one was asked for meanwhile: its answer counts.
    if (this.#disposed || this.#readings !== reading) return;
    this.state = { ...this.state, data };
    this.#changed();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#textTimer);
    clearTimeout(this.#dataTimer);
  }
}
