/** Serves one explanation: who is in it, then the anatomy and the map of whoever is looked at. */
import { dirname, join } from "node:path";
import type {
  Anatomy,
  ExplainMethods,
  ExplainSubject,
  FromExplain,
  Shown,
  ShownExplanation,
  ToExplain,
} from "../../../../webview/explain/messages";
import type { Fault, LayerFile } from "../../../../webview/shared/volume/layers/messages";
import { readInterpretation } from "../../../maps/folder/interpretationRecord";
import { Answers } from "../../../messages/answers";
import { explanationFindings } from "../../../report/document/explanationFindings";
import { imageOfSession } from "../../../report/reading/imageOfSession";
import { spaceOfMaps } from "../../../report/reading/studyImages";
import { phraseHere } from "../../language";
import { NamedLayers, type OpenLayer } from "../nifti/namedLayers";
import { faultsOf, LIMITS, type NiftiFile, readLayer } from "../nifti/readImage";
import type { PanelSession } from "../panelKind";
import { anatomyOf, MOST_AVERAGED, meanAnatomy } from "./anatomy";
import { atlasBeside } from "./atlasBeside";
import { type Explained, readExplained } from "./readExplained";

/** What the editor does for an explanation. */
export interface ExplainEditor {
  /** Folders of the window. */
  readonly folders: readonly string[];
  file(path: string): NiftiFile;
  readonly layerFile: OpenLayer;
  /** Asks for an image to lay over the one at `path`. */
  chooseLayer(path: string): Promise<LayerFile | undefined>;
  open(subject: ExplainSubject): void;
  save(name: string, content: string | Uint8Array): Promise<void>;
}

export class ExplainSession implements PanelSession<FromExplain> {
  readonly #subject: ExplainSubject;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToExplain) => void;
  readonly #editor: ExplainEditor;
  readonly #answers: Answers<ExplainMethods, readonly Fault[]>;
  readonly #ended = new AbortController();
  readonly #layers: NamedLayers;
  #explained: Promise<Explained> | null = null;
  #mean: Promise<Anatomy | null> | null = null;

  constructor(
    subject: ExplainSubject,
    texts: Readonly<Record<string, string>>,
    post: (message: ToExplain) => void,
    editor: ExplainEditor,
  ) {
    this.#subject = subject;
    this.#texts = texts;
    this.#post = post;
    this.#editor = editor;
    this.#layers = new NamedLayers(editor.layerFile);
    this.#answers = new Answers<ExplainMethods, readonly Fault[]>(
      {
        show: ([row, part]) => this.#show(row, part),
        openLayer: ([uri, volume]) => this.#layers.read(uri, volume),
      },
      post,
      { write: faultsOf },
    );
  }

  async receive(message: FromExplain): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#answers.cancelAll();
        this.#post({ kind: "welcome", subject: this.#subject, texts: this.#texts });
        await this.#start();
        return;
      case "addLayer": {
        const { folder, means } = await this.#read();
        const layer = await this.#editor.chooseLayer(join(folder, [...means.values()][0] ?? ""));
        if (layer !== undefined) this.#addLayers([layer]);
        return;
      }
      case "other": {
        const other = (await this.#read()).all[message.index];
        if (other !== undefined) this.#editor.open(other);
        return;
      }
      case "save":
        await this.#editor.save(message.name, message.content);
        return;
      case "request":
      case "cancel":
        await this.#answers.take(message);
        return;
    }
  }

  dispose(): void {
    this.#ended.abort();
  }

  #read(): Promise<Explained> {
    this.#explained ??= readExplained(this.#subject);
    return this.#explained;
  }

  async #start(): Promise<void> {
    try {
      const explained = await this.#read();
      this.#post({ kind: "explanation", explanation: await shownExplanation(this.#subject, explained) });
      const atlas = await atlasBeside(this.#besides(explained));
      if (atlas !== null) this.#addLayers([{ ...layerOf(this.#editor.file(atlas), false), hidden: true }]);
    } catch (error) {
      this.#explained = null;
      this.#post({ kind: "faults", faults: faultsOf(error) });
    }
  }

  /** Where an atlas of the study may stand. */
  #besides({ results }: Explained): readonly string[] {
    const { maps } = this.#subject;
    const { capsDirectory } = results.source;
    return [
      ...new Set([
        maps,
        dirname(maps),
        ...(capsDirectory === "" ? [] : [capsDirectory, dirname(capsDirectory)]),
        ...this.#editor.folders,
      ]),
    ];
  }

  #addLayers(layers: readonly LayerFile[]): void {
    this.#layers.name(layers);
    this.#post({ kind: "layers", layers });
  }

  async #show(row: number, part: number): Promise<Shown> {
    const explained = await this.#read();
    const name = row < 0 ? explained.means.get(part) : explained.sessions[row]?.maps.get(part);
    if (name === undefined) throw new Error(`There is no map ${part} of row ${row}.`);
    const file = this.#editor.file(join(explained.folder, name));
    const map = layerOf(file, true);
    this.#layers.name([map]);
    return { anatomy: (await this.#anatomy(explained, row)) ?? (await overItself(file)), map };
  }

  async #anatomy(explained: Explained, row: number): Promise<Anatomy | null> {
    if (row < 0) return await this.#meanOf(explained);
    const path = await this.#imageOf(explained, row);
    if (path === null) return null;
    return await anatomyOf({ path, file: this.#editor.file(path) }, spaceOfMaps(explained.read.json));
  }

  #meanOf(explained: Explained): Promise<Anatomy | null> {
    const find = async () => {
      const every = Math.max(1, explained.sessions.length / MOST_AVERAGED);
      const rows = Array.from({ length: Math.min(MOST_AVERAGED, explained.sessions.length) }, (_, i) =>
        Math.floor(i * every),
      );
      const paths = await Promise.all(rows.map((row) => this.#imageOf(explained, row).catch(() => null)));
      const found = paths.flatMap((path) => path ?? []);
      return await meanAnatomy(found, spaceOfMaps(explained.read.json), this.#ended.signal);
    };
    this.#mean ??= find();
    return this.#mean;
  }

  async #imageOf({ sessions, results, read }: Explained, row: number): Promise<string | null> {
    const session = sessions[row]?.session ?? null;
    if (session === null) return null;
    const found = await imageOfSession({
      maps: results.maps,
      json: read.json,
      source: results.source,
      session,
      folders: this.#editor.folders,
    });
    return found.kind === "found" ? found.file : null;
  }
}

async function overItself(file: NiftiFile): Promise<Anatomy> {
  const answer = await readLayer(file, LIMITS.ask);
  if (answer.kind === "layer") return { kind: "map", image: answer.image, voxels: answer.voxels };
  return { kind: "tooLarge", bytes: answer.kind === "tooLarge" ? answer.why.bytes : 0 };
}

const layerOf = ({ uri, name }: NiftiFile, isMap: boolean): LayerFile => ({ uri, name, isMap });

async function shownExplanation(
  { group, split, metric, name }: ExplainSubject,
  { folder, results, sessions, mode, parts, all }: Explained,
): Promise<ShownExplanation> {
  const { method, node, findings } = await readInterpretation(folder);
  const titleOf = (one: ExplainSubject) => `${one.name} · split-${one.split}/best-${one.metric}`;
  return {
    name,
    group,
    model: `split-${split}/best-${metric}`,
    method,
    of: (node === null ? undefined : results.classes[node]) ?? null,
    findings: explanationFindings(findings).map(phraseHere),
    depends: findings.weightsTest?.depends ?? null,
    people: sessions.map(({ person }) => person),
    mode,
    parts,
    others: all.map(titleOf),
  };
}
