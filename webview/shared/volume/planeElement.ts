import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type Space, sayWorld } from "../../../src/space/space";
import { formatValue } from "../numbers";
import { sharedStyles } from "../styles";
import { textOf } from "../text";
import type { ShownLayer } from "./blendSlice";
import { drawPlane } from "./drawPlane";
import {
  beginDrag,
  type Drag,
  lookByDrag,
  lookByKey,
  lookByWheel,
  lookByZoomWheel,
  type PlaneState,
  type Point,
} from "./gestures";
import { layerValue } from "./layerValue";
import type { PlaneMark } from "./marks";
import { planeStyles } from "./planeStyles";
import type { Plane } from "./planes";
import { sightOf } from "./sight";
import { SliceElement, type SliceOf } from "./sliceElement";
import { volumeStrings } from "./strings";
import { type Volume, valueText } from "./volume";

const text = textOf(volumeStrings);
/** Movement of the wheel that is one slice: a notch of a mouse is about 100, a touch pad sends many small ones. */
const WHEEL_SLICE = 50;

/** One plane of a volume. */
@customElement("gyrus-plane")
export class PlaneElement extends SliceElement {
  @property({ attribute: false }) accessor space: Space | null = null;
  @property({ attribute: false }) accessor marks: readonly PlaneMark[] = [];
  /** What is said besides slice, voxel and value. */
  @property() accessor remark = "";
  #slice: HTMLCanvasElement | null = null;
  /** What the slice canvas holds now. */
  #sliceOf: readonly unknown[] = [];
  #drag: Drag | null = null;
  #wheel = 0;

  static override styles = [...sharedStyles, planeStyles];

  override render() {
    const { plane, volume, voxel } = this;
    if (plane === null || volume === null) return nothing;
    const { across, down, through } = plane;
    const slices = volume.size[through];
    return html`<div class="name">
        <b>${text(plane.name)}</b>
        ${slices === 1 ? nothing : html`<span class="numeric">${text("sliceOf", voxel[through] + 1, slices)}</span>`}
      </div>
      ${letter("top", down.ends?.[0])} ${letter("bottom", down.ends?.[1])}
      ${letter("left", across.ends?.[0])} ${letter("right", across.ends?.[1])}
      <div
        class="picture"
        tabindex="0"
        role="slider"
        aria-orientation="vertical"
        aria-label="${text("planeName", text(plane.name))}. ${text("planeHelp")}"
        aria-valuemin="1"
        aria-valuemax=${slices}
        aria-valuenow=${voxel[through] + 1}
        aria-valuetext=${this.#spoken(plane, volume)}
        title=${text("planeTitle")}
        @keydown=${this.#key}
        @wheel=${this.#turn}
        @pointerdown=${this.#press}
        @pointermove=${this.#move}
        @pointerup=${this.#release}
        @pointercancel=${this.#release}
        @contextmenu=${(event: Event) => event.preventDefault()}
      >
        <canvas></canvas>
      </div>`;
  }

  protected override updated(): void {
    this.resized();
  }

  #spoken({ through }: Plane, volume: Volume): string {
    const { voxel, space } = this;
    const value = valueText(volume, voxel);
    const position = text("spokenPosition", voxel[through] + 1, volume.size[through], voxel.join(" "), value);
    const layers = this.#visible.map((layer) => `${layer.name} ${layerValue(layer, voxel)}`);
    const world =
      space === null
        ? []
        : sayWorld(space, voxel).map(({ millimetres, letter }) =>
            text("spokenWorld", formatValue(millimetres), text(letter)),
          );
    return [position, ...layers, ...world, ...(this.remark === "" ? [] : [this.remark])].join(", ");
  }

  protected resized(): void {
    const of = this.sliceOf;
    const context = this.canvas?.getContext("2d") ?? null;
    if (of === null || context === null) return;
    const { canvas, plane, settings, palette } = of;
    const { clientWidth: width, clientHeight: height } = canvas;
    const slice = this.#color(of);
    const ratio = window.devicePixelRatio;
    const [pixelsAcross, pixelsDown] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== pixelsAcross || canvas.height !== pixelsDown) {
      canvas.width = pixelsAcross;
      canvas.height = pixelsDown;
    }
    const picture = {
      plane,
      slice,
      sight: sightOf(plane, settings.zoom),
      voxel: this.voxel,
      crosshair: settings.crosshair,
      marks: this.marks,
      smooth: settings.smooth,
    };
    drawPlane(context, picture, palette, width, height, ratio);
  }

  /** Colours the slice when it is another one, or seen otherwise: moving the crosshair in a plane leaves its slice as it is. */
  #color(of: SliceOf): HTMLCanvasElement {
    const { volume, plane, settings } = of;
    const index = this.voxel[plane.through];
    const wanted = [
      volume,
      plane.name,
      plane.across.flipped,
      plane.down.flipped,
      index,
      this.window.low,
      this.window.high,
      settings.colors,
      this.bare,
      ...this.#visible.flatMap(({ source, look }) => [source, look]),
    ];
    const before = this.#slice;
    if (
      before !== null &&
      wanted.length === this.#sliceOf.length &&
      wanted.every((one, i) => one === this.#sliceOf[i])
    )
      return before;
    this.#sliceOf = wanted;
    this.#slice = this.paint(of, index);
    return this.#slice;
  }

  get #visible(): readonly ShownLayer[] {
    return this.layers.filter(({ look }) => look.visible);
  }

  get #state(): PlaneState | null {
    const { plane, volume, voxel, window: shown, settings } = this;
    if (plane === null || volume === null || settings === null) return null;
    return { plane, size: volume.size, voxel, window: shown, zoom: settings.zoom };
  }

  #press(event: PointerEvent): void {
    const state = this.#state;
    if (state === null || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    this.#drag = beginDrag(state, at, event.button, event.shiftKey);
    if (this.#drag.kind === "crosshair") this.fireLook(lookByDrag(state, this.#drag, at));
  }

  #move(event: PointerEvent): void {
    const state = this.#state;
    if (this.#drag !== null && state !== null) this.fireLook(lookByDrag(state, this.#drag, pointOf(event)));
  }

  #release(): void {
    this.#drag = null;
  }

  #turn(event: WheelEvent): void {
    const state = this.#state;
    if (state === null) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      this.fireLook(lookByZoomWheel(state, pointOf(event), event.deltaY));
      return;
    }
    // With Shift some systems turn the wheel sideways.
    const delta = event.deltaY === 0 ? event.deltaX : event.deltaY;
    this.#wheel += delta * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : WHEEL_SLICE);
    const notches = Math.trunc(this.#wheel / WHEEL_SLICE);
    this.#wheel -= notches * WHEEL_SLICE;
    // A notch of a mouse counts twice the least movement of a touch pad, and is one slice all the same.
    if (notches !== 0) this.fireLook(lookByWheel(state, Math.sign(notches), event.shiftKey));
  }

  #key(event: KeyboardEvent): void {
    const state = this.#state;
    if (state === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const change = lookByKey(state, event.key, event.shiftKey);
    if (change === null) return;
    event.preventDefault();
    this.fireLook(change);
  }
}

/** Where the pointer is in the picture. */
function pointOf({ currentTarget, clientX, clientY }: MouseEvent): Point {
  if (!(currentTarget instanceof Element)) return { x: 0, y: 0 };
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
}

const letter = (side: string, direction: string | undefined) =>
  direction === undefined
    ? nothing
    : html`<span class="letter ${side}" aria-hidden="true">${direction}</span>`;

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-plane": PlaneElement;
  }
}
