import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { Triple } from "../../../src/space/triple";
import type { Palette } from "../chart/palette";
import { sharedStyles } from "../styles";
import { textOf } from "../text";
import type { ShownLayer } from "./blendSlice";
import type { Look } from "./gestures";
import type { IntensityWindow } from "./intensity";
import { type MosaicGrid, mosaicGrid } from "./mosaicGrid";
import { paintSlice } from "./paintSlice";
import { extentOf, type Plane } from "./planes";
import { volumeStrings } from "./strings";
import type { ViewerSettings } from "./viewerSettings";
import { replaceAxis, type Volume } from "./volume";

const text = textOf(volumeStrings);
/** Milliseconds: its slices are drawn when what they show has come to rest, for they take as long as a dozen planes. */
const AT_REST = 120;

/** Slices of one plane side by side. A click takes the crosshair to one: fires `gyrus-look` (Look). */
@customElement("gyrus-mosaic")
export class MosaicElement extends LitElement {
  @property({ attribute: false }) accessor volume: Volume | null = null;
  @property({ attribute: false }) accessor plane: Plane | null = null;
  @property({ attribute: false }) accessor voxel: Triple = [0, 0, 0];
  @property({ attribute: false }) accessor window: IntensityWindow = { low: 0, high: 1 };
  @property({ attribute: false }) accessor settings: ViewerSettings | null = null;
  /** Whether the volume itself is left out: its layers are seen alone. */
  @property({ type: Boolean }) accessor bare = false;
  @property({ attribute: false }) accessor layers: readonly ShownLayer[] = [];
  @property({ attribute: false }) accessor palette: Palette | null = null;
  @query("canvas") private accessor canvas!: HTMLCanvasElement | null;
  readonly #slices = document.createElement("canvas");
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #resized = new ResizeObserver(() => this.#drawLater());

  static override styles = [
    ...sharedStyles,
    css`
      :host {
        display: block;
        padding: 24px 18px 18px;
      }
      canvas {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        cursor: pointer;
        forced-color-adjust: none;
      }
    `,
  ];

  /** What is drawn now; null before anything is. */
  get drawn(): HTMLCanvasElement | null {
    return this.canvas;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#waiting);
    this.#resized.disconnect();
    super.disconnectedCallback();
  }

  override render() {
    const name = this.plane === null ? "" : text(this.plane.name);
    return html`<canvas
      role="img"
      aria-label=${text("mosaicOf", this.#grid?.indices.length ?? 0, name)}
      title=${text("mosaicHelp")}
      @click=${this.#choose}
    ></canvas>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if ([...changed.keys()].some((name) => name !== "voxel")) this.#drawLater();
    else this.#mark();
  }

  get #grid(): MosaicGrid | null {
    const { plane, volume, canvas } = this;
    if (plane === null || volume === null || canvas === null) return null;
    const { clientWidth, clientHeight } = canvas;
    return clientWidth < 1 || clientHeight < 1
      ? null
      : mosaicGrid(extentOf(plane), volume.size[plane.through], clientWidth, clientHeight);
  }

  #drawLater(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#draw(), AT_REST);
  }

  #draw(): void {
    const { plane, volume, settings, canvas } = this;
    const grid = this.#grid;
    if (grid === null || plane === null || volume === null || settings === null || canvas === null) return;
    const ratio = window.devicePixelRatio;
    for (const one of [canvas, this.#slices]) {
      one.width = Math.round(canvas.clientWidth * ratio);
      one.height = Math.round(canvas.clientHeight * ratio);
    }
    const context = this.#slices.getContext("2d");
    const slice = document.createElement("canvas");
    slice.width = plane.across.length;
    slice.height = plane.down.length;
    const drawn = slice.getContext("2d");
    if (context === null || drawn === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingEnabled = settings.smooth;
    context.imageSmoothingQuality = "high";
    const image = drawn.createImageData(slice.width, slice.height);
    for (const [i, index] of grid.indices.entries()) {
      const { bare, window: shown, layers } = this;
      paintSlice({ volume, bare, window: shown, settings, layers }, plane, index, image.data);
      drawn.putImageData(image, 0, 0);
      const { left, top } = grid.cell(i);
      context.drawImage(slice, left, top, grid.width, grid.height);
    }
    this.requestUpdate("voxel");
  }

  /** Frames the slice that is nearest to the crosshair. */
  #mark(): void {
    const { canvas, palette, plane } = this;
    const grid = this.#grid;
    const context = canvas?.getContext("2d") ?? null;
    if (canvas === null || grid === null || context === null || palette === null || plane === null) return;
    const ratio = window.devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (this.#slices.width > 0) context.drawImage(this.#slices, 0, 0);
    if (this.settings?.crosshair !== true) return;
    const { left, top } = grid.cell(grid.nearest(this.voxel[plane.through]));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.strokeStyle = palette.series[2] ?? palette.foreground;
    context.lineWidth = 2;
    context.strokeRect(left + 1, top + 1, grid.width - 2, grid.height - 2);
  }

  #choose(event: MouseEvent): void {
    const { plane, voxel, canvas } = this;
    const grid = this.#grid;
    if (grid === null || plane === null || canvas === null) return;
    const { left, top } = canvas.getBoundingClientRect();
    const index = grid.at(event.clientX - left, event.clientY - top);
    if (index === null) return;
    this.dispatchEvent(
      new CustomEvent<Look>("gyrus-look", { detail: { voxel: replaceAxis(voxel, plane.through, index) } }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-mosaic": MosaicElement;
  }
}
