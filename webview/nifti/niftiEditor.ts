import { html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Newest } from "../../src/messages/newest";
import { Requests } from "../../src/messages/requests";
import { type Space, spaceOf } from "../../src/space/space";
import type { Triple } from "../../src/space/triple";
import { Host } from "../shared/host";
import { numberFieldStyles } from "../shared/numberField";
import { rangeStyles } from "../shared/rangeStyles";
import { Refusal, refusals } from "../shared/refusal";
import { sharedStyles } from "../shared/styles";
import { useTranslations } from "../shared/text";
import type { Look } from "../shared/volume/gestures";
import { type IntensitySummary, type IntensityWindow, summarise } from "../shared/volume/intensity";
import { intensityCard, intensityCardStyles } from "../shared/volume/intensityCard";
import { colorBarStyles } from "../shared/volume/layers/colorBar";
import type { KeptLayer } from "../shared/volume/layers/layerReader";
import { LayerStack } from "../shared/volume/layers/layerStack";
import { layersCard, layersCardStyles } from "../shared/volume/layers/layersCard";
import type { Fault, ImageInfo, LayerFile, TooLarge } from "../shared/volume/layers/messages";
import { positionCard, positionCardStyles } from "../shared/volume/positionCard";
import { saidFaults, saidStyles } from "../shared/volume/saidFaults";
import { besideStyles, sideBySide } from "../shared/volume/sideBySide";
import { follow } from "../shared/volume/sight";
import { picturesOf } from "../shared/volume/takePicture";
import { viewerBar, viewerBarStyles } from "../shared/volume/viewerBar";
import { viewerPageStyles } from "../shared/volume/viewerPageStyles";
import type { ViewerSettings } from "../shared/volume/viewerSettings";
import { clamp, clampVoxel, fileStrides, middleOf, type Volume } from "../shared/volume/volume";
import "../shared/volume/volumeElement";
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
export class NiftiEditor extends LitElement {
  readonly #host = new Host<ToNifti, FromNifti, NiftiState>();
  readonly #requests = new Requests<NiftiMethods, readonly Fault[]>(
    (message) => this.#host.post(message),
    refusals(),
  );
  readonly #reading = new Newest();
  readonly #layers = new LayerStack(
    (uri, volume) => this.#requests.ask("openLayer", [uri, volume]),
    () => this.settings?.layers ?? [],
    (layers) => {
      if (this.settings !== null) this.#remember({ ...this.settings, layers });
    },
  );
  readonly #pictures = picturesOf(
    () => this.renderRoot.querySelectorAll("gyrus-volume"),
    () => this.name.replace(/\.nii(\.gz)?$/, ""),
    (name, content) => this.#host.post({ kind: "save", name, content }),
  );
  @state() private accessor settings: NiftiState | null = null;
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
    ...sharedStyles,
    numberFieldStyles,
    rangeStyles,
    viewerBarStyles,
    positionCardStyles,
    ...intensityCardStyles,
    headerTableStyles,
    colorBarStyles,
    layersCardStyles,
    besideStyles,
    saidStyles,
    readingStyles,
    viewerPageStyles,
    volumeCardStyles,
    niftiEditorStyles,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.#host.recall(isNiftiState) ?? null;
    this.#host.listen((message) => this.#receive(message));
    this.#host.post({ kind: "hello" });
  }

  override render() {
    const { image, settings } = this;
    if (settings === null) return nothing;
    const space = this.#space;
    return html`<header class="bar">
        <h1 title=${this.name}>${this.name}</h1>
        ${image !== null && space !== null ? html`<span class="muted numeric">${summaryOf(image, space)}</span>` : nothing}
        ${image === null ? nothing : viewerBar(settings.view, image.size, (changed) => this.#look(changed), this.#pictures)}
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
    const space = this.#space;
    const image = html`<gyrus-volume
      class="planes"
      .volume=${volume}
      .space=${space}
      .settings=${view}
      .window=${this.#window}
      .layers=${this.#layers.shown((layer) => layer.uri !== uri)}
      @gyrus-look=${({ detail }: CustomEvent<Look>) => this.#look(detail)}
    ></gyrus-volume>`;
    const [beside] = this.#layers.shown((layer) => layer.uri === uri);
    if (beside === undefined || uri === null) return image;
    return sideBySide(
      image,
      this.name,
      { name: beside.name, layers: [beside] },
      { volume, space, settings: view },
      (changed) => this.#look(changed),
      (window) => this.#layers.change(uri, { ...beside.look, ...window }),
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
          : html`${positionCard(volume, space, voxel, (moved) => this.#moveTo(moved, image.size), this.#layers.shown())}
            ${
              volume.colours === undefined
                ? intensityCard(this.#summary, this.#window, settings.view.window === null, (window) =>
                    this.#look({ window }),
                  )
                : nothing
            }`
      }
      ${layersCard(settings.layers, this.#layers, () => this.#host.post({ kind: "addLayer" }), {
        uri: settings.beside ?? null,
        put: (layer) => this.#putBeside(layer),
      })}
      ${headerTable(image, space)}
    </aside>`;
  }

  #take(layers: readonly LayerFile[]): void {
    this.#layers.add(layers);
    const wanted = layers.find(({ beside }) => beside === true)?.uri;
    const layer = this.settings?.layers.find(({ uri }) => uri === wanted);
    if (layer !== undefined && this.settings?.beside !== wanted) this.#putBeside(layer);
  }

  /** Beside the image, or over it again. */
  #putBeside(layer: KeptLayer): void {
    const { settings } = this;
    if (settings === null) return;
    const beside = settings.beside !== layer.uri;
    this.#remember({ ...settings, beside: beside ? layer.uri : null });
    const look = lookBeside(layer, this.#layers, beside);
    if (look !== null) this.#layers.change(layer.uri, look);
  }

  get #window(): IntensityWindow {
    return this.settings?.view.window ?? this.#summary?.auto ?? { low: 0, high: 1 };
  }

  #receive(message: ToNifti): void {
    switch (message.kind) {
      case "welcome":
        useTranslations(message.texts);
        this.name = message.name;
        if (this.settings?.file !== message.uri) this.#remember(usualState(message.uri));
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
    this.#remember({ ...settings, volume, view: { ...settings.view, voxel } });
    void this.#read(volume, false);
    this.#layers.begin(image);
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
    this.#remember({ ...settings, volume });
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#read(volume, this.volume !== null), READ_EVERY);
  }

  #moveTo(voxel: Triple, size: Triple): void {
    this.#look({ voxel, zoom: follow(this.settings?.view.zoom ?? null, voxel, size) });
  }

  #look(changed: Partial<ViewerSettings>): void {
    const { settings } = this;
    if (settings !== null) this.#remember({ ...settings, view: { ...settings.view, ...changed } });
  }

  #remember(settings: NiftiState): void {
    this.settings = settings;
    this.#host.remember(settings);
  }
}
