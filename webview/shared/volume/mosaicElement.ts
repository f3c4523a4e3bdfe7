import { css, html, type PropertyValues } from "lit";
import { customElement } from "lit/decorators.js";
import { sharedStyles } from "../styles";
import { textOf } from "../text";
import { type MosaicGrid, mosaicGrid } from "./mosaicGrid";
import { extentOf } from "./planes";
import { SliceElement, type SliceOf } from "./sliceElement";
import { volumeStrings } from "./strings";
import { replaceAxis } from "./volume";

const text = textOf(volumeStrings);
/** Milliseconds: its slices are drawn when what they show has come to rest, for they take as long as a dozen planes. */
const AT_REST = 120;

/** Slices of one plane side by side. A click takes the crosshair to one. */
@customElement("gyrus-mosaic")
export class MosaicElement extends SliceElement {
  readonly #slices = document.createElement("canvas");
  #waiting: ReturnType<typeof setTimeout> | undefined;

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

  override disconnectedCallback(): void {
    clearTimeout(this.#waiting);
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
    if ([...changed.keys()].some((name) => name !== "voxel")) this.resized();
    else this.#mark();
  }

  protected resized(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#draw(), AT_REST);
  }

  get #grid(): MosaicGrid | null {
    const of = this.sliceOf;
    return of === null ? null : gridOf(of);
  }

  #draw(): void {
    const of = this.sliceOf;
    const context = this.#slices.getContext("2d");
    if (of === null || context === null) return;
    const { canvas, settings } = of;
    const ratio = window.devicePixelRatio;
    for (const one of [canvas, this.#slices]) {
      one.width = Math.round(canvas.clientWidth * ratio);
      one.height = Math.round(canvas.clientHeight * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.imageSmoothingEnabled = settings.smooth;
    context.imageSmoothingQuality = "high";
    const grid = gridOf(of);
    for (const [i, index] of grid.indices.entries()) {
      const { left, top } = grid.cell(i);
      context.drawImage(this.paint(of, index), left, top, grid.width, grid.height);
    }
    this.requestUpdate("voxel");
  }

  /** Frames the slice that is nearest to the crosshair. */
  #mark(): void {
    const of = this.sliceOf;
    const context = this.canvas?.getContext("2d") ?? null;
    if (of === null || context === null) return;
    const { canvas, palette, plane, settings } = of;
    const ratio = window.devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (this.#slices.width > 0) context.drawImage(this.#slices, 0, 0);
    if (!settings.crosshair) return;
    const grid = gridOf(of);
    const { left, top } = grid.cell(grid.nearest(this.voxel[plane.through]));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.strokeStyle = palette.series[2] ?? palette.foreground;
    context.lineWidth = 2;
    context.strokeRect(left + 1, top + 1, grid.width - 2, grid.height - 2);
  }

  #choose(event: MouseEvent): void {
    const of = this.sliceOf;
    if (of === null) return;
    const { left, top } = of.canvas.getBoundingClientRect();
    const index = gridOf(of).at(event.clientX - left, event.clientY - top);
    if (index !== null) this.fireLook({ voxel: replaceAxis(this.voxel, of.plane.through, index) });
  }
}

const gridOf = ({ plane, volume, canvas }: SliceOf): MosaicGrid =>
  mosaicGrid(extentOf(plane), volume.size[plane.through], canvas.clientWidth, canvas.clientHeight);

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-mosaic": MosaicElement;
  }
}
