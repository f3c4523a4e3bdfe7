/** What one plane and a mosaic of slices have in common: a canvas with slices of a volume, all of which belongs to the parent. */
import { LitElement } from "lit";
import { property, query } from "lit/decorators.js";
import type { Triple } from "../../../src/space/triple";
import type { Palette } from "../chart/palette";
import type { ShownLayer } from "./blendSlice";
import type { Look } from "./gestures";
import type { IntensityWindow } from "./intensity";
import { paintSlice } from "./paintSlice";
import type { Plane } from "./planes";
import type { ViewerSettings } from "./viewer/viewerSettings";
import type { Volume } from "./volume";

/** Everything that a slice is drawn of. */
export interface SliceOf {
  readonly volume: Volume;
  readonly plane: Plane;
  readonly settings: ViewerSettings;
  readonly palette: Palette;
  readonly canvas: HTMLCanvasElement;
}

/** Fires `gyrus-look` (Look). */
export abstract class SliceElement extends LitElement {
  @property({ attribute: false }) accessor volume: Volume | null = null;
  @property({ attribute: false }) accessor plane: Plane | null = null;
  @property({ attribute: false }) accessor voxel: Triple = [0, 0, 0];
  @property({ attribute: false }) accessor window: IntensityWindow = { low: 0, high: 1 };
  @property({ attribute: false }) accessor settings: ViewerSettings | null = null;
  /** Whether the volume itself is left out: its layers are seen alone. */
  @property({ type: Boolean }) accessor bare = false;
  /** What lies over the volume, the last one on top. */
  @property({ attribute: false }) accessor layers: readonly ShownLayer[] = [];
  @property({ attribute: false }) accessor palette: Palette | null = null;
  @query("canvas") protected accessor canvas!: HTMLCanvasElement | null;
  readonly #slice = document.createElement("canvas");
  readonly #resized = new ResizeObserver(() => this.resized());

  /** What is drawn now; null before anything is. */
  get drawn(): HTMLCanvasElement | null {
    return this.canvas;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    this.#resized.disconnect();
    super.disconnectedCallback();
  }

  protected abstract resized(): void;

  /** Null while something is missing, or there is no room for it. */
  protected get sliceOf(): SliceOf | null {
    const { volume, plane, settings, palette, canvas } = this;
    if (volume === null || plane === null || settings === null || palette === null || canvas === null)
      return null;
    if (canvas.clientWidth < 1 || canvas.clientHeight < 1) return null;
    return { volume, plane, settings, palette, canvas };
  }

  /** The slice `index` with all that lies over it, a pixel a voxel; the next one is painted onto the same canvas. */
  protected paint({ volume, plane, settings }: SliceOf, index: number): HTMLCanvasElement {
    const slice = this.#slice;
    slice.width = plane.across.length;
    slice.height = plane.down.length;
    const context = slice.getContext("2d");
    if (context === null) return slice;
    const image = context.createImageData(slice.width, slice.height);
    const { bare, window, layers } = this;
    paintSlice({ volume, bare, window, settings, layers }, plane, index, image.data);
    context.putImageData(image, 0, 0);
    return slice;
  }

  protected fireLook(change: Look): void {
    this.dispatchEvent(new CustomEvent<Look>("gyrus-look", { detail: change }));
  }
}
