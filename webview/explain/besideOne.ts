/** Whoever stands beside the participant that is looked at: anatomy and map, where they lie in the world of the image on the left. */
import type { Affine } from "../../src/space/affine";
import type { Triple } from "../../src/space/triple";
import type { VoxelArray } from "../../src/space/voxelArray";
import type { ShownLayer } from "../shared/volume/blendSlice";
import type { IntensityWindow } from "../shared/volume/intensity";
import { type LayerLook, lookAlone, usualLook } from "../shared/volume/layerLook";
import { LayerSource, type PlacedVolume } from "../shared/volume/layerSource";
import type { LayerAnswer } from "../shared/volume/layers/messages";
import { fileStrides } from "../shared/volume/volume";
import type { AnatomyImage, Shown } from "./messages";

interface Read {
  readonly name: string;
  readonly anatomy: PlacedVolume;
  readonly map: PlacedVolume | null;
}

/** The grid of the image on the left. */
interface ImageGrid {
  readonly size: Triple;
  readonly affine: Affine;
}

export class BesideOne {
  #read: Read | null = null;
  #window: IntensityWindow | null = null;
  /** Sources are made anew where the image on the left is another. */
  #placed: { readonly of: Read; readonly on: ImageGrid; readonly sources: readonly LayerSource[] } | null =
    null;

  /** Null where the image is too large to be shown. */
  take(name: string, { anatomy }: Shown, map: LayerAnswer): void {
    this.#window = null;
    this.#read =
      anatomy.kind === "tooLarge"
        ? null
        : {
            name,
            anatomy: placed(anatomy),
            map: map.kind === "layer" ? placed(map) : null,
          };
  }

  clear(): void {
    this.#read = null;
  }

  change(window: IntensityWindow): void {
    this.#window = window;
  }

  /** @param map how the map on the left is seen: both are seen alike */
  shown(
    on: ImageGrid,
    map: LayerLook | null,
  ): { name: string; layers: [ShownLayer, ...ShownLayer[]] } | null {
    const read = this.#read;
    if (read === null) return null;
    if (this.#placed?.of !== read || this.#placed.on !== on) {
      const volumes = read.map === null ? [read.anatomy] : [read.anatomy, read.map];
      this.#placed = { of: read, on, sources: volumes.map((volume) => new LayerSource(volume, on)) };
    }
    const [below, above] = this.#placed.sources;
    if (below === undefined) return null;
    const { name } = read;
    const lowest = {
      name,
      source: below,
      look: { ...lookAlone("image", below.volume), ...this.#window },
      regions: new Map<number, string>(),
    };
    if (above === undefined) return { name, layers: [lowest] };
    const look = map ?? usualLook("map", above.volume);
    return { name, layers: [lowest, { name, source: above, look, regions: new Map<number, string>() }] };
  }
}

function placed({
  image,
  voxels,
}: {
  readonly image: AnatomyImage;
  readonly voxels: VoxelArray;
}): PlacedVolume {
  const { size, slope, intercept, affine } = image;
  return { volume: { size, strides: fileStrides(size), data: voxels, slope, intercept }, affine };
}
