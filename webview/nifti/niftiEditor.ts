import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Newest } from "../../src/messages/newest";
import { Requests } from "../../src/messages/requests";
import { type Space, spaceOf } from "../../src/space/space";
import { Refusal, refusals } from "../shared/refusal";
import { useTranslations } from "../shared/text";
import { type IntensitySummary, type IntensityWindow, summarise } from "../shared/volume/intensity";
import { intensityCard } from "../shared/volume/intensityCard";
import type { KeptLayer } from "../shared/volume/layers/layerReader";
import { layersCard } from "../shared/volume/layers/layersCard";
import type { Fault, ImageInfo, LayerAnswer, LayerFile, TooLarge } from "../shared/volume/layers/messages";
import { positionCard } from "../shared/volume/positionCard";
import { saidFaults } from "../shared/volume/saidFaults";
import { viewers } from "../shared/volume/viewer/viewer";
import { viewerBar } from "../shared/volume/viewer/viewerBar";
import { ViewerPanel } from "../shared/volume/viewer/viewerPanel";
import { viewerStyles } from "../shared/volume/viewer/viewerStyles";
import { clamp, clampVoxel, fileStrides, middleOf, type Volume } from "../shared/volume/volume";
import { headerTable, headerTableStyles } from "./headerTable";
import { summaryOf } from "./imageSummary";
import { lookBeside } from "./lookBeside";
import type { FromNifti, NiftiMethods, ToNifti } from "./messages";
import { niftiEditorStyles } from "./niftiEditorStyles";
import {
  type Progress,
  readingHeader,
  readingStopped,
  readingStyles,
  readingVoxels,
  saidSize,
} from "./readingView";
import { isNiftiState, type NiftiState, usualState } from "./state";
import { volumeCard, volumeCardStyles } from "./volumeCard";

/** A slider of volumes reads at most this often, in milliseconds. */
const READ_EVERY = 120;

/** A NIfTI image in three planes, with what its header says. */
@customElement("gyrus-nifti")
export class NiftiEditor extends ViewerPanel<ToNifti, FromNifti, NiftiState> {
  readonly #requests = new Requests<NiftiMethods, readonly Fault[]>(
    (message) => this.host.post(message),
    refusals(),
  );
  readonly #reading = new Newest();
  @state() private accessor name = "";
  @state() private accessor image: ImageInfo | null = null;
  @state() private accessor volume: Volume | null = null;
  @state() private accessor faults: readonly Fault[] = [];
  @state() private accessor tooLarge: TooLarge | null = null;
  @state() private accessor progress: Progress | null = null;
  /** Whether the user stopped the reading before there was anything to see. */
  @state() private accessor stopped = false;
  #space: Space | null = null;
  #summary: IntensitySummary | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    ...viewerStyles,
    headerTableStyles,
    readingStyles,
    volumeCardStyles,
    niftiEditorStyles,
  ];

  protected override get pictureName(): string {
    return this.name.replace(/\.(?:nii|hdr|img)(?:\.gz)?$/i, "");
  }

  protected override isState(stored: unknown): stored is NiftiState {
    return isNiftiState(stored);
  }

  protected override openLayer(uri: string, volume: number): Promise<LayerAnswer> {
    return this.#requests.ask("openLayer", [uri, volume]);
  }

  override render() {
    const { image, settings } = this;
    if (settings === null) return nothing;
    const space = this.#space;
    return html`<header class="bar">
        <h1 title=${this.name}>${this.name}</h1>
        ${image !== null && space !== null ? html`<span class="muted numeric">${summaryOf(image, space)}</span>` : nothing}
        ${image === null ? nothing : viewerBar(settings.view, image.size, this.look, this.pictures)}
      </header>
      <main>
        ${this.#planes(settings)}
        ${image !== null && space !== null ? this.#side(image, space, settings) : nothing}
      </main>`;
  }

  #planes({ view, beside: uri = null }: NiftiState) {
    const { volume } = this;
    if (this.faults.length > 0) return saidFaults(this.faults);
    if (this.tooLarge !== null) return saidSize(this.tooLarge, () => this.#readAnyway());
    if (this.image === null) return readingHeader();
    if (volume === null || this.#space === null)
      return this.stopped
        ? readingStopped(() => this.#readAnyway())
        : readingVoxels(this.progress, () => this.#stopReading());
    const [beside] = this.layers.shown((layer) => layer.uri === uri);
    return viewers(
      {
        volume,
        space: this.#space,
        settings: view,
        auto: this.#auto,
        layers: this.layers.shown((layer) => layer.uri !== uri),
      },
      this.name,
      beside === undefined || uri === null
        ? null
        : {
            name: beside.name,
            layers: [beside],
            change: (window) => this.layers.change(uri, { ...beside.look, ...window }),
          },
      this.look,
    );
  }

  #side(image: ImageInfo, space: Space, settings: NiftiState) {
    const { volume } = this;
    const voxel = settings.view.voxel ?? middleOf(image.size);
    return html`<aside>
      ${image.volumes > 1 ? volumeCard(image.volumes, settings.volume, (volume) => this.#chooseVolume(volume)) : nothing}
      ${
        volume === null || this.#summary === null
          ? nothing
          : html`${positionCard(volume, space, voxel, (moved) => this.moveTo(moved, image.size), this.layers.shown())}
            ${
              volume.colours === undefined
                ? intensityCard(
                    this.#summary,
                    settings.view.window ?? this.#auto,
                    settings.view.window === null,
                    (window) => this.look({ window }),
                  )
                : nothing
            }`
      }
      ${layersCard(settings.layers, this.layers, () => this.host.post({ kind: "addLayer" }), {
        uri: settings.beside ?? null,
        put: (layer) => this.#putBeside(layer),
      })}
      ${headerTable(image, space)}
    </aside>`;
  }

  #take(layers: readonly LayerFile[]): void {
    this.layers.add(layers);
    const wanted = layers.find(({ beside }) => beside === true)?.uri;
    const layer = this.settings?.layers.find(({ uri }) => uri === wanted);
    if (layer !== undefined && this.settings?.beside !== wanted) this.#putBeside(layer);
  }

  /** Beside the image, or over it again. */
  #putBeside(layer: KeptLayer): void {
    const { settings } = this;
    if (settings === null) return;
    const beside = settings.beside !== layer.uri;
    this.remember({ ...settings, beside: beside ? layer.uri : null });
    const look = lookBeside(layer, this.layers, beside);
    if (look !== null) this.layers.change(layer.uri, look);
  }

  get #auto(): IntensityWindow {
    return this.#summary?.auto ?? { low: 0, high: 1 };
  }

  protected override receive(message: ToNifti): void {
    switch (message.kind) {
      case "welcome":
        useTranslations(message.texts);
        this.name = message.name;
        if (this.settings?.file !== message.uri) this.remember(usualState(message.uri));
        return;
      case "header":
        this.#takeHeader(message.image);
        return;
      case "layers":
        this.#take(message.layers);
        return;
      case "answer":
      case "failure":
        this.#requests.take(message);
        return;
      case "progress":
        this.progress = message;
        return;
      case "faults":
        this.faults = message.faults;
        return;
      case "changed":
        this.#reading.cancel();
        this.faults = [];
        this.tooLarge = null;
        return;
    }
  }

  #takeHeader(image: ImageInfo): void {
    this.image = image;
    this.#space = spaceOf(image.affine, image.voxelSize);
    this.faults = [];
    this.tooLarge = null;
    const { settings } = this;
    if (settings === null) return;
    const volume = clamp(settings.volume, 0, image.volumes - 1);
    // The file may have been replaced by a smaller one.
    const voxel = settings.view.voxel === null ? null : clampVoxel(settings.view.voxel, image.size);
    this.remember({ ...settings, volume, view: { ...settings.view, voxel } });
    void this.#read(volume, false);
    this.layers.begin(image);
  }

  /** Reads a volume; one that was asked for before is not waited for any more. */
  async #read(index: number, anyway: boolean): Promise<void> {
    const signal = this.#reading.begin();
    this.progress = null;
    this.stopped = false;
    try {
      const answer = await this.#requests.ask("readVolume", [index, anyway], { signal });
      if (answer.kind === "voxels") this.#takeVolume(answer.voxels, answer.colours);
      else this.tooLarge = answer.why;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.faults = error.faults;
    }
  }

  #takeVolume(voxels: Volume["data"], colours: Uint8Array | undefined): void {
    const { image } = this;
    if (image === null) return;
    const { size, slope, intercept } = image;
    const volume = {
      size,
      strides: fileStrides(size),
      data: voxels,
      slope,
      intercept,
      ...(colours && { colours }),
    };
    this.#summary = summarise(volume);
    this.volume = volume;
    this.faults = [];
  }

  #stopReading(): void {
    this.#reading.cancel();
    this.stopped = true;
  }

  #readAnyway(): void {
    this.tooLarge = null;
    void this.#read(this.settings?.volume ?? 0, true);
  }

  #chooseVolume(wanted: number): void {
    const { image, settings } = this;
    if (image === null || settings === null) return;
    const volume = clamp(wanted, 0, image.volumes - 1);
    this.remember({ ...settings, volume });
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#read(volume, this.volume !== null), READ_EVERY);
  }
}
