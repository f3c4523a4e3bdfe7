import { css, html, LitElement, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Palette } from "../chart/palette";
import { onThemeChange, readPalette } from "../chart/readPalette";
import { properties } from "../properties";
import { sharedStyles } from "../styles";
import { arrange, type Box, placeOne } from "./arrange";
import type { ShownLayer } from "./blendSlice";
import type { Look } from "./gestures";
import type { IntensityWindow } from "./intensity";
import type { PlaneMark } from "./marks";
import "./planeElement";
import type { Space } from "../../../src/space/space";
import type { Triple } from "../../../src/space/triple";
import { extentOf, PLANES, type Plane, type PlaneName, planeOf } from "./planes";
import { follow } from "./sight";
import type { ViewerSettings } from "./viewerSettings";
import { middleOf, type Volume } from "./volume";

/**
 * A volume in three planes at one scale, with a crosshair that they share. Settings belong to the parent. Fires `gyrus-look`
 * (Look), the window's zoom already following the crosshair.
 */
@customElement("gyrus-volume")
export class VolumeElement extends LitElement {
  @property({ attribute: false }) accessor volume: Volume | null = null;
  @property({ attribute: false }) accessor space: Space | null = null;
  @property({ attribute: false }) accessor settings: ViewerSettings | null = null;
  @property({ attribute: false }) accessor window: IntensityWindow = { low: 0, high: 1 };
  /** The only plane that is shown: for images of a single slice. */
  @property({ attribute: false }) accessor only: PlaneName | null = null;
  /** Other images that lie over it, the last one on top. */
  @property({ attribute: false }) accessor layers: readonly ShownLayer[] = [];
  /** What is drawn over a plane. */
  @property({ attribute: false }) accessor marks: (plane: Plane, voxel: Triple) => readonly PlaneMark[] =
    () => [];
  /** What is said at each plane besides position and value. */
  @property() accessor remark = "";
  @state() private accessor room: Room | null = null;
  @state() private accessor palette: Palette | null = null;
  #stopWatching = () => {};
  #resized = new ResizeObserver(() => this.#measure());

  static override styles = [
    ...sharedStyles,
    css`
      :host {
        display: block;
        position: relative;
        min-inline-size: 0;
        min-block-size: 0;
        overflow: hidden;
      }
      gyrus-plane {
        position: absolute;
        left: var(--left);
        top: var(--top);
        width: var(--width);
        height: var(--height);
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#stopWatching = onThemeChange(() => {
      this.palette = readPalette(this);
    });
  }

  override disconnectedCallback(): void {
    this.#stopWatching();
    this.#resized.disconnect();
    super.disconnectedCallback();
  }

  protected override firstUpdated(): void {
    this.palette = readPalette(this);
    this.#measure();
  }

  override render() {
    const { volume, space, settings, room } = this;
    if (volume === null || space === null || settings === null || room === null) return nothing;
    const plane = (name: PlaneName) => planeOf(name, volume.size, space, settings.convention);
    const voxel = settings.voxel ?? middleOf(volume.size);
    const planes = this.only === null ? arranged(PLANES.map(plane), room) : alone(plane(this.only), room);
    return planes.map(
      ({ plane, box }) => html`<gyrus-plane
        ${properties(placed(box))}
        .volume=${volume}
        .space=${space}
        .plane=${plane}
        .voxel=${voxel}
        .window=${this.window}
        .settings=${settings}
        .layers=${this.layers}
        .marks=${this.marks(plane, voxel)}
        .palette=${this.palette}
        .remark=${this.remark}
        @gyrus-look=${({ detail }: CustomEvent<Look>) => this.#look(detail, volume, settings)}
      ></gyrus-plane>`,
    );
  }

  /** Keeps the crosshair in sight. */
  #look(change: Look, volume: Volume, settings: ViewerSettings): void {
    const followed =
      change.voxel === undefined || change.voxel === null
        ? change
        : { ...change, zoom: follow(settings.zoom, change.voxel, volume.size) };
    this.dispatchEvent(new CustomEvent<Look>("gyrus-look", { detail: followed }));
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this;
    if (width > 0 && height > 0) this.room = { width, height };
  }
}

interface Room {
  readonly width: number;
  readonly height: number;
}

function arranged(
  planes: readonly Plane[],
  { width, height }: Room,
): readonly { readonly plane: Plane; readonly box: Box }[] {
  const extent = (name: PlaneName) => extentOf(planes.find((plane) => plane.name === name)!);
  const [x, z] = extent("coronal");
  const [y] = extent("sagittal");
  const places = arrange([x, y, z], width, height);
  return planes.map((plane) => ({ plane, box: places[plane.name] }));
}

const alone = (plane: Plane, { width, height }: Room) => [
  { plane, box: placeOne(extentOf(plane), width, height) },
];

const placed = ({ left, top, width, height }: Box) => ({
  "--left": `${Math.round(left)}px`,
  "--top": `${Math.round(top)}px`,
  "--width": `${Math.round(width)}px`,
  "--height": `${Math.round(height)}px`,
});

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-volume": VolumeElement;
  }
}
