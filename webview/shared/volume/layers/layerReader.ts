/** Reads layers, each once, and keeps what it found. */

import { formatBytes } from "../../numbers";
import { Refusal } from "../../refusal";
import type { ShownLayer } from "../blendSlice";
import { type LayerKind, type LayerLook, layerKindOf, lookAlone, usualLook } from "../layerLook";
import { LayerSource } from "../layerSource";
import { fileStrides, type Volume } from "../volume";
import type { Fault, LayerAnswer, LayerFile } from "./messages";
import { text } from "./texts";

/** A layer and how it is seen; null until its values are known. */
export interface KeptLayer extends LayerFile {
  readonly look: LayerLook | null;
  /** Which of its volumes, from 0; absent: the first. */
  readonly volume?: number;
}

/** A layer to be read, and which of its volumes. */
type OpenedLayer = LayerFile & Pick<KeptLayer, "volume">;

/** Where the voxels of the image are over which layers lie. */
export type ImageGrid = ConstructorParameters<typeof LayerSource>[1];

/** What is known of a layer. */
export type ReadLayer =
  | { readonly kind: "reading" }
  | {
      readonly kind: "ready";
      readonly source: LayerSource;
      readonly regions: ReadonlyMap<number, string>;
      /** What its values stand for. */
      readonly values: LayerKind;
      readonly volumes: number;
    }
  | { readonly kind: "refused"; readonly faults: readonly Fault[] };

export class LayerReader {
  readonly #ask: (uri: string, volume: number) => Promise<LayerAnswer>;
  readonly #found: (uri: string, usual: LayerLook | null) => void;
  #image: ImageGrid | null = null;
  #read = new Map<string, ReadLayer>();
  /** The volume of each layer that was asked for last. */
  readonly #wanted = new Map<string, number>();

  /** `found`: told of each layer that was read, with how it is seen at first, or that it cannot be (null). */
  constructor(
    ask: (uri: string, volume: number) => Promise<LayerAnswer>,
    found: (uri: string, usual: LayerLook | null) => void,
  ) {
    this.#ask = ask;
    this.#found = found;
  }

  /** From now on layers lie over this image. Those of `kept` that were read are not read again; the others are forgotten. */
  begin(image: ImageGrid, kept: readonly LayerFile[]): void {
    const before = this.#read;
    this.#image = image;
    this.#read = new Map(
      kept.flatMap(({ uri }) => {
        const read = before.get(uri);
        if (read?.kind !== "ready") return [];
        return [[uri, { ...read, source: new LayerSource(read.source, image) }] as const];
      }),
    );
  }

  of(uri: string): ReadLayer {
    return this.#read.get(uri) ?? { kind: "reading" };
  }

  /** When it is added again it is read again, and seen as at first. */
  forget(uri: string): void {
    this.#read.delete(uri);
  }

  /** Before the image's own header is known nothing is read: `begin` is followed by all of them. */
  async open({
    uri,
    name,
    isMap,
    hidden = false,
    beside = false,
    volume: index = 0,
  }: OpenedLayer): Promise<void> {
    const image = this.#image;
    const into = this.#read;
    const ready = this.of(uri).kind === "ready";
    if (image === null || (ready && this.#wanted.get(uri) === index)) return;
    this.#wanted.set(uri, index);
    // The volume before is seen until this one is there.
    if (!ready) into.set(uri, { kind: "reading" });
    const overtaken = () => this.#wanted.get(uri) !== index;
    let usual: LayerLook | null = null;
    try {
      const answer = await this.#ask(uri, index);
      if (overtaken()) return;
      switch (answer.kind) {
        case "layer": {
          const volume = volumeOf(answer);
          const source = new LayerSource({ volume, affine: answer.image.affine }, image);
          const values = isMap ? "map" : layerKindOf(volume);
          into.set(uri, {
            kind: "ready",
            source,
            regions: new Map(answer.regions),
            values,
            volumes: answer.image.volumes,
          });
          const look = beside ? lookAlone(values, volume) : usualLook(values, volume);
          usual = { ...look, visible: !hidden };
          break;
        }
        case "tooLarge": {
          const message = text("layerTooLarge", name, formatBytes(answer.why.bytes));
          into.set(uri, refused(message, text("tooLargeRemedy")));
          break;
        }
        case "elsewhere":
          into.set(uri, refused(text("layerElsewhere", name), text("layerElsewhereRemedy")));
          break;
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (overtaken()) return;
      into.set(uri, { kind: "refused", faults: error.faults });
    }
    // Another image may have come in between.
    if (into === this.#read) this.#found(uri, usual);
  }

  /** Those that can be seen, in the order given. */
  shown(layers: readonly KeptLayer[]): readonly ShownLayer[] {
    return layers.flatMap(({ uri, name, look }) => {
      const read = this.of(uri);
      return read.kind === "ready" && look !== null
        ? [{ name, source: read.source, look, regions: read.regions }]
        : [];
    });
  }
}

const refused = (message: string, remedy: string): ReadLayer => ({
  kind: "refused",
  faults: [{ message, remedy }],
});

function volumeOf({ image, voxels }: Extract<LayerAnswer, { kind: "layer" }>): Volume {
  const { size, slope, intercept } = image;
  return { size, strides: fileStrides(size), data: voxels, slope, intercept };
}
