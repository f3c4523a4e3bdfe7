/** Images that a view may lay over another: those that the user or Gyrus named, and those of the workspace. */
import type { LayerAnswer, LayerFile } from "../../../../webview/shared/volume/layers/messages";
import { LIMITS, type NiftiFile, readLayer } from "./readImage";

/** `named`: by the user or by Gyrus, not by the view alone. Null: the view may not have it. */
export type OpenLayer = (uri: string, named: boolean) => NiftiFile | null;

export class NamedLayers {
  readonly #open: OpenLayer;
  readonly #limit: number;
  /** URIs of the layers that the view was told of. */
  readonly #named = new Set<string>();

  /** @param limit bytes of the voxels of a layer at most */
  constructor(open: OpenLayer, limit = LIMITS.ask) {
    this.#open = open;
    this.#limit = limit;
  }

  /** The view is told of these. */
  name(layers: readonly LayerFile[]): void {
    for (const { uri } of layers) this.#named.add(uri);
  }

  /** What the view asks for. Throws an InputError where it cannot be read. */
  async read(uri: string, volume: number): Promise<LayerAnswer> {
    const file = this.#open(uri, this.#named.has(uri));
    return file === null ? { kind: "elsewhere" } : await readLayer(file, this.#limit, volume);
  }
}
