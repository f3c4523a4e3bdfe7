/** The layers over an image: which there are, in which order, and what the controls of their card do. */
import type { ShownLayer } from "../blendSlice";
import type { LayerLook } from "../layerLook";
import { type ImageGrid, type KeptLayer, LayerReader, type ReadLayer } from "./layerReader";
import type { LayerAnswer, LayerFile } from "./messages";

export class LayerStack {
  readonly #reader: LayerReader;
  readonly #kept: () => readonly KeptLayer[];
  readonly #keep: (layers: readonly KeptLayer[]) => void;

  /**
   * @param ask reads a layer; a refusal is kept with it
   * @param kept the layers of the view, the last one on top; @param keep is told what they have become
   */
  constructor(
    ask: (uri: string, volume: number) => Promise<LayerAnswer>,
    kept: () => readonly KeptLayer[],
    keep: (layers: readonly KeptLayer[]) => void,
  ) {
    this.#reader = new LayerReader(ask, (uri, look) => this.#look(uri, (before) => before ?? look));
    this.#kept = kept;
    this.#keep = keep;
  }

  /** From now on they lie over this image. */
  begin(image: ImageGrid): void {
    const kept = this.#kept();
    this.#reader.begin(image, kept);
    for (const layer of kept) void this.#reader.open(layer);
  }

  /** On top of the others; one that lies there already stays as it is seen. */
  add(files: readonly LayerFile[]): void {
    const kept = this.#kept();
    const added = files.filter(({ uri }) => kept.every((layer) => layer.uri !== uri));
    this.#keep([...kept, ...added.map((file) => ({ ...file, look: null }))]);
    for (const file of added) void this.#reader.open(file);
  }

  remove(uri: string): void {
    this.#reader.forget(uri);
    this.#keep(this.#kept().filter((layer) => layer.uri !== uri));
  }

  change(uri: string, look: LayerLook): void {
    this.#look(uri, () => look);
  }

  /** Another volume (from 0) of a series, seen as the one before. */
  chooseVolume(uri: string, volume: number): void {
    this.#keep(this.#kept().map((layer) => (layer.uri === uri ? { ...layer, volume } : layer)));
    for (const layer of this.#kept()) if (layer.uri === uri) void this.#reader.open(layer);
  }

  /** Above the one that lies over it (1), or below the one under it (-1). */
  move(uri: string, step: 1 | -1): void {
    const layers = [...this.#kept()];
    const from = layers.findIndex((layer) => layer.uri === uri);
    const [moved, other] = [layers[from], layers[from + step]];
    if (moved === undefined || other === undefined) return;
    layers[from] = other;
    layers[from + step] = moved;
    this.#keep(layers);
  }

  of(uri: string): ReadLayer {
    return this.#reader.of(uri);
  }

  /** Those that can be seen, the last one on top. */
  shown(which: (layer: KeptLayer) => boolean = () => true): readonly ShownLayer[] {
    return this.#reader.shown(this.#kept().filter(which));
  }

  #look(uri: string, change: (before: LayerLook | null) => LayerLook | null): void {
    this.#keep(
      this.#kept().map((layer) => (layer.uri === uri ? { ...layer, look: change(layer.look) } : layer)),
    );
  }
}
