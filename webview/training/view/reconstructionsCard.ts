/** Validation images beside their reconstructions, at each best epoch so far. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { KeptReconstructions } from "../../../src/run/track";
import { type KeptImage, LARGEST_DIFFERENCE, PLANE_LAYERS } from "../../../src/space/keptPlanes";
import { controlValue } from "../../shared/events";
import { metricNames } from "../../shared/metricNames";
import { formatMetric, formatPercent } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { rangeStyles } from "../../shared/rangeStyles";
import { Refusal } from "../../shared/refusal";
import { sharedStyles } from "../../shared/styles";
import { colorOfLevel, LEVELS } from "../../shared/volume/colorMap";
import type { PlaneName } from "../../shared/volume/planes";
import type { TrackId } from "../messages";
import { keptPixels, planesToChoose } from "../model/keptPlane";
import { text } from "../texts";
import { reconstructionsCardStyles } from "./reconstructionsCardStyles";

export type ReadPlanes = (track: TrackId, epoch: number) => Promise<readonly KeptImage[]>;

/** What was read of an epoch: its images, or why there are none. */
type Read = readonly KeptImage[] | { readonly faults: readonly string[] } | "reading";

/** Fires `gyrus-volumes` (name of the volumes) when a whole image is asked for. */
@customElement("gyrus-reconstructions")
export class Reconstructions extends LitElement {
  @property({ attribute: false }) accessor track: TrackId = "";
  /** Best epochs, the last one last; one at least. */
  @property({ attribute: false }) accessor rounds: readonly KeptReconstructions[] = [];
  @property({ attribute: false }) accessor read: ReadPlanes = async () => [];
  /** Epoch that the user chose; null follows the last best one. */
  @state() private accessor epoch: number | null = null;
  @state() private accessor plane: PlaneName = "axial";
  @state() private accessor known: ReadonlyMap<KeptReconstructions, Read> = new Map();

  static override styles = [...sharedStyles, rangeStyles, reconstructionsCardStyles];

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("track") || changed.get("track") === undefined) return;
    this.epoch = null;
    this.known = new Map();
  }

  override render() {
    const place = this.#place;
    const round = this.rounds[place];
    if (round === undefined) return nothing;
    const read = this.known.get(round);
    const images = isImages(read) ? read : [];
    return html`<section aria-label=${text("reconstructions")}>
      <div class="head">
        <h2>${text("reconstructions")}</h2>
        ${this.#slider(place, round)} ${this.#planeChoice(images)}
      </div>
      ${read === undefined || read === "reading" ? html`<p class="muted" role="status">${text("readingPlanes")}</p>` : nothing}
      ${read !== undefined && read !== "reading" && !isImages(read) ? read.faults.map((fault) => html`<p class="fault" role="alert">${fault}</p>`) : nothing}
      ${images.length === 0 ? nothing : this.#table(round, images)}
    </section>`;
  }

  protected override updated(): void {
    const round = this.rounds[this.#place];
    if (round === undefined) return;
    const read = this.known.get(round);
    if (read === undefined) void this.#ask(round);
    else if (isImages(read)) this.#draw(read);
  }

  get #place(): number {
    const chosen = this.rounds.findIndex(({ epoch }) => epoch === this.epoch);
    return chosen < 0 ? this.rounds.length - 1 : chosen;
  }

  #slider(place: number, { epoch }: KeptReconstructions) {
    const count = this.rounds.length;
    const said = `${text("reconstructionAt", epoch + 1)} (${text("reconstructionPlace", place + 1, count)})`;
    return html`<label class="epoch">
      <span class="muted">${text("reconstructionEpoch")}</span>
      <input
        type="range"
        min="0"
        max=${count - 1}
        step="1"
        .value=${String(place)}
        ?disabled=${count === 1}
        aria-valuetext=${said}
        @input=${(event: Event) => this.#choose(Number(controlValue(event)))}
      />
      <output class="numeric">${said}</output>
    </label>`;
  }

  /** At its end the slider follows the training. */
  #choose(place: number): void {
    this.epoch = place === this.rounds.length - 1 ? null : (this.rounds[place]?.epoch ?? null);
  }

  #planeChoice(images: readonly KeptImage[]): TemplateResult | typeof nothing {
    const choices = planesToChoose(images);
    if (choices.length < 2) return nothing;
    return html`<div class="planes" role="group" aria-label=${text("plane")}>
      ${choices.map(
        (name) =>
          html`<button class="tool" aria-pressed=${name === this.#shownPlane(images)} @click=${() => {
            this.plane = name;
          }}>${text(name)}</button>`,
      )}
    </div>`;
  }

  #shownPlane(images: readonly KeptImage[]): PlaneName {
    const choices = planesToChoose(images);
    return choices.includes(this.plane) ? this.plane : (choices[0] ?? "axial");
  }

  #table(round: KeptReconstructions, images: readonly KeptImage[]) {
    const last = this.rounds.at(-1);
    const plane = text(this.#shownPlane(images)).toLocaleLowerCase();
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${text("reconstructions")}>
        <table>
          <thead>
            <tr>
              <th scope="col">${text("image")}</th>
              ${PLANE_LAYERS.map((layer) => html`<th scope="col">${text(layer)}${layer === "difference" ? differenceBar() : nothing}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${round.images.map((image, row) => {
              const name = nameOf(image);
              return html`<tr>
                <th scope="row">
                  <strong>${name}</strong>
                  ${this.#errors(image, row, images[row])}
                  ${
                    round === last
                      ? html`<button class="link" aria-label=${text("openVolumesOf", name)} @click=${() => this.#openVolumes(image.name)}>${text("openVolumes")}</button>`
                      : nothing
                  }
                </th>
                ${PLANE_LAYERS.map((layer) => html`<td><canvas data-row=${row} data-layer=${layer} role="img" aria-label=${text("planeOfImage", text(layer), name, plane)}></canvas></td>`)}
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      <p class="muted">
        ${text("planeSides")}
        ${round === last || last === undefined ? nothing : text("volumesOfLast", text("reconstructionAt", last.epoch + 1))}
      </p>`;
  }

  /** How far it is off, in words, and its figures. */
  #errors(image: KeptReconstructions["images"][number], row: number, kept: KeptImage | undefined) {
    const names = metricNames([]);
    const range = kept === undefined ? 0 : kept.high - kept.low;
    const off = image.metrics.MAE;
    const first = this.rounds[0]?.images[row]?.metrics.MAE;
    const figures = Object.entries(image.metrics).map(
      ([name, value]) => `${names.short(name)} ${formatMetric(value)}`,
    );
    return html`${
      off === undefined || range <= 0
        ? nothing
        : html`<span>${text("voxelOff", formatMetric(off), formatPercent(off / range, 1))} ${
            first === undefined || this.#place === 0
              ? nothing
              : text("voxelOffFirst", formatPercent(first / range, 1))
          }</span>`
    }
      <span class="muted numeric">${[text("lossOfImage", formatMetric(image.loss)), ...figures].join(" · ")}</span>`;
  }

  #openVolumes(name: string): void {
    this.dispatchEvent(new CustomEvent<string>("gyrus-volumes", { detail: name }));
  }

  async #ask(round: KeptReconstructions): Promise<void> {
    const note = (read: Read) => {
      this.known = new Map(this.known).set(round, read);
    };
    note("reading");
    const { track } = this;
    const read = await this.read(track, round.epoch).catch((error: unknown) => {
      if (error instanceof Refusal) return { faults: error.faults.map(String) };
      throw error;
    });
    if (track === this.track) note(read);
  }

  #draw(images: readonly KeptImage[]): void {
    const plane = this.#shownPlane(images);
    for (const canvas of this.renderRoot.querySelectorAll("canvas")) {
      const image = images[Number(canvas.dataset.row)];
      const layer = PLANE_LAYERS.find((one) => one === canvas.dataset.layer);
      const picture = image === undefined || layer === undefined ? null : keptPixels(image, plane, layer);
      if (picture === null) continue;
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.style.aspectRatio = String(picture.aspect);
      const drawn = new ImageData(picture.pixels, picture.width, picture.height);
      canvas.getContext("2d")?.putImageData(drawn, 0, 0);
    }
  }
}

const isImages = (read: Read | undefined): read is readonly KeptImage[] => Array.isArray(read);

const nameOf = ({ participantId, sessionId, part }: KeptReconstructions["images"][number]): string =>
  [participantId, sessionId, ...(part === null ? [] : [text("partOf", part)])].join(", ");

const BAR_STEPS = 16;

function differenceBar(): TemplateResult {
  const stops = Array.from({ length: BAR_STEPS + 1 }, (_, i) =>
    colorOfLevel("blueRed", Math.round(((LEVELS - 1) * i) / BAR_STEPS)),
  );
  const most = formatPercent(LARGEST_DIFFERENCE);
  return html`<span class="bar" role="img" aria-label="${text("differenceBar")}, −${most} +${most}" title=${text("differenceBar")}
    ><span aria-hidden="true">−${most}</span><span class="ramp" ${properties({ "--ramp": `linear-gradient(to right, ${stops.join(", ")})` })}></span><span aria-hidden="true">+${most}</span></span
  >`;
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-reconstructions": Reconstructions;
  }
}
