import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Palette } from "../chart/palette";
import { onThemeChange, readPalette } from "../chart/readPalette";
import { properties } from "../properties";
import { sharedStyles } from "../styles";
import { textOf } from "../text";
import { arrange, type Box, placeOne } from "./arrange";
import type { ShownLayer } from "./blendSlice";
import { composePicture } from "./composePicture";
import type { Look } from "./gestures";
import type { IntensityWindow } from "./intensity";
import { layerValue } from "./layerValue";
import type { PlaneMark } from "./marks";
import "./mosaicElement";
import "./planeElement";
import type { Space } from "../../../src/space/space";
import type { Triple } from "../../../src/space/triple";
import { extentOf, PLANES, type Plane, type PlaneName, planeOf } from "./planes";
import { follow } from "./sight";
import { volumeStrings } from "./strings";
import type { ViewerSettings } from "./viewer/viewerSettings";
import { middleOf, type Volume, valueText } from "./volume";

const text = textOf(volumeStrings);
/** Milliseconds without a movement after which the values at the crosshair are said. */
const AT_REST = 700;

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
  /** Whether the volume itself is left out: its layers are seen alone, in its place. */
  @property({ type: Boolean }) accessor bare = false;
  /** Other images that lie over it, the last one on top. */
  @property({ attribute: false }) accessor layers: readonly ShownLayer[] = [];
  /** What is drawn over a plane. */
  @property({ attribute: false }) accessor marks: (plane: Plane, voxel: Triple) => readonly PlaneMark[] =
    () => [];
  /** What is said at each plane besides position and value. */
  @property() accessor remark = "";
  @state() private accessor room: Room | null = null;
  @state() private accessor palette: Palette | null = null;
  @state() private accessor said = "";
  /** Where the planes stand now. */
  #arranged: readonly { readonly plane: Plane; readonly box: Box }[] = [];
  /** Where the mosaic stands, where there is one. */
  #quarter: Box | null = null;
  #byKey = false;
  #speaking: ReturnType<typeof setTimeout> | undefined;
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
      gyrus-plane,
      gyrus-mosaic {
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
    clearTimeout(this.#speaking);
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
    const mosaic = this.only === null ? (settings.mosaic ?? null) : null;
    const planes =
      this.only === null ? arranged(PLANES.map(plane), room, mosaic !== null) : alone(plane(this.only), room);
    this.#arranged = planes;
    return html`${planes.map(
      ({ plane, box }) => html`<gyrus-plane
        ${properties(placed(box))}
        .volume=${volume}
        .space=${space}
        .plane=${plane}
        .voxel=${voxel}
        .window=${this.window}
        .settings=${settings}
        .bare=${this.bare}
      .layers=${this.layers}
        .marks=${this.marks(plane, voxel)}
        .palette=${this.palette}
        .remark=${this.remark}
        @gyrus-look=${({ detail }: CustomEvent<Look>) => this.#look(detail, volume, settings)}
        @keydown=${this.#key}
      ></gyrus-plane>`,
    )}${mosaic === null ? nothing : this.#mosaic(plane(mosaic), voxel, volume, settings)}<span class="spoken" role="status" aria-live="polite">${this.said}</span>`;
  }

  /** In the quarter below the sagittal plane and beside the axial one. */
  #mosaic(plane: Plane, voxel: Triple, volume: Volume, settings: ViewerSettings) {
    const boxOf = (name: PlaneName) => this.#arranged.find((one) => one.plane.name === name)?.box;
    const [above, beside] = [boxOf("sagittal"), boxOf("axial")];
    if (above === undefined || beside === undefined) return nothing;
    const box = { left: above.left, top: beside.top, width: above.width, height: beside.height };
    this.#quarter = box;
    return html`<gyrus-mosaic
      ${properties(placed(box))}
      .volume=${volume}
      .plane=${plane}
      .voxel=${voxel}
      .window=${this.window}
      .settings=${settings}
      .bare=${this.bare}
      .layers=${this.layers}
      .palette=${this.palette}
      @gyrus-look=${({ detail }: CustomEvent<Look>) => this.#look(detail, volume, settings)}
    ></gyrus-mosaic>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("settings") || changed.has("volume")) this.#speakLater();
  }

  /** Before the plane hears of it, which may draw at once. */
  readonly #key = {
    capture: true,
    handleEvent: () => {
      this.#byKey = true;
    },
  };

  /** Tells who listens, once. */
  say(what: string): void {
    this.said = what;
  }

  /** The planes as they are drawn now, as PNG; null while there are none. */
  async picture(): Promise<Blob | null> {
    const { palette, room, settings } = this;
    if (palette === null || room === null || settings === null) return null;
    const elements = [...this.renderRoot.querySelectorAll("gyrus-plane")];
    const planes = this.#arranged.flatMap(({ plane, box }, i) => {
      const canvas = elements[i]?.drawn ?? null;
      return canvas === null ? [] : [{ name: text(plane.name), plane, box, canvas }];
    });
    const slices = this.renderRoot.querySelector("gyrus-mosaic")?.drawn ?? null;
    const mosaic = slices === null || this.#quarter === null ? null : { canvas: slices, box: this.#quarter };
    return await composePicture({
      mosaic,
      bare: this.bare,
      ...room,
      planes,
      palette,
      settings,
      window: this.window,
      layers: this.layers,
    });
  }

  /** A plane says its values itself when it is moved by keys; otherwise they are said when the crosshair has come to rest. */
  #speakLater(): void {
    clearTimeout(this.#speaking);
    if (this.#byKey) {
      this.#byKey = false;
      return;
    }
    this.#speaking = setTimeout(() => {
      const { volume, settings } = this;
      if (volume === null || settings === null || settings.voxel === null) return;
      const voxel = settings.voxel;
      const shown = this.layers.filter(({ look }) => look.visible);
      const values = [
        ...(this.bare ? [] : [valueText(volume, voxel)]),
        ...shown.map((layer) => `${layer.name} ${layerValue(layer, voxel)}`),
      ];
      this.said = text("here", voxel.join(" "), values.join(", "));
    }, AT_REST);
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
  quarter: boolean,
): readonly { readonly plane: Plane; readonly box: Box }[] {
  const extent = (name: PlaneName) => extentOf(planes.find((plane) => plane.name === name)!);
  const [x, z] = extent("coronal");
  const [y] = extent("sagittal");
  const places = arrange([x, y, z], width, height, quarter);
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
