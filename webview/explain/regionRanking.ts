/** Ranks the regions of an atlas that lies over an image, once for each pair of atlas and map, when the picture has been drawn. */
import { toWorld } from "../../src/space/affine";
import type { Triple } from "../../src/space/triple";
import type { KeptLayer, ReadLayer } from "../shared/volume/layers/layerReader";
import type { LayerStack } from "../shared/volume/layers/layerStack";
import { rankRegions } from "./rankRegions";
import type { ShownRegions } from "./regionsCard";

type ReadyLayer = Extract<ReadLayer, { kind: "ready" }>;

export class RegionRanking {
  readonly #changed: () => void;
  #of: { readonly map: ReadyLayer; readonly atlas: ReadyLayer } | null = null;
  #shown: ShownRegions | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** By the first atlas among the layers; null without one, or while nothing is known yet. */
  of(layers: readonly KeptLayer[], stack: LayerStack): ShownRegions | null {
    const ready = layers.flatMap(({ uri, name }) => {
      const read = stack.of(uri);
      return read.kind === "ready" ? [{ name, read }] : [];
    });
    const map = ready.find(({ read }) => read.values === "map")?.read;
    const atlas = ready.find(({ read }) => read.values === "labels");
    if (map === undefined || atlas === undefined)
      return layers.some(({ isMap }) => !isMap) ? this.#shown : null;
    if (this.#of?.map !== map || this.#of.atlas !== atlas.read) {
      this.#of = { map, atlas: atlas.read };
      setTimeout(() => this.#rank(map, atlas.read, atlas.name));
    }
    return this.#shown;
  }

  /** In millimetres: where the map is farthest from 0 in the region of that row. */
  peak(row: number): Triple | null {
    const peak = this.#shown?.regions[row]?.peak;
    return peak === undefined || this.#of === null ? null : toWorld(this.#of.map.source.affine, peak);
  }

  #rank(map: ReadyLayer, atlas: ReadyLayer, name: string): void {
    if (this.#of?.map !== map || this.#of.atlas !== atlas) return;
    this.#shown = { ...rankRegions(map.source, atlas.source), atlas: name, names: atlas.regions };
    this.#changed();
  }
}
