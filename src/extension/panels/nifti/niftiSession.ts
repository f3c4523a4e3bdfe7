/** What the host does for one open image: reads its header, then the volumes that the view asks for. */

import type { FromNifti, NiftiMethods, ToNifti, VolumeAnswer } from "../../../../webview/nifti/messages";
import type { Fault, LayerFile } from "../../../../webview/shared/volume/layers/messages";
import { type NiftiSeries, voxelBytes } from "../../../data/nifti/niftiHeader";
import {
  brightnessOf,
  readColours,
  readNiftiSeries,
  readStoredVolume,
} from "../../../data/nifti/niftiSeries";
import { Answers } from "../../../messages/answers";
import { Newest } from "../../../messages/newest";
import { NamedLayers, type OpenLayer } from "./namedLayers";
import { faultsOf, imageInfo, LIMITS, type NiftiFile, type SessionLimits } from "./readImage";

/** Where layers come from. */
export interface LayerFiles {
  /** Asks the user; undefined when he gave up. */
  choose(): Promise<LayerFile | undefined>;
  readonly open: OpenLayer;
}

export class NiftiSession {
  #series: NiftiSeries | null = null;
  readonly #headers = new Newest();
  readonly #answers: Answers<NiftiMethods, readonly Fault[]>;
  readonly #file: NiftiFile;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToNifti) => void;
  readonly #layers: LayerFiles;
  readonly #limits: SessionLimits;
  readonly #named: NamedLayers;
  /** Layers for the view, once it listens. */
  #waiting: readonly LayerFile[] = [];
  #listening = false;

  constructor(
    file: NiftiFile,
    texts: Readonly<Record<string, string>>,
    post: (message: ToNifti) => void,
    layers: LayerFiles,
    limits: SessionLimits = LIMITS,
  ) {
    this.#file = file;
    this.#texts = texts;
    this.#post = post;
    this.#layers = layers;
    this.#limits = limits;
    this.#named = new NamedLayers(layers.open, limits.ask);
    this.#answers = new Answers<NiftiMethods, readonly Fault[]>(
      {
        readVolume: ([index, anyway], signal) => this.#readVolume(index, anyway, signal),
        openLayer: ([uri, volume]) => this.#named.read(uri, volume),
      },
      post,
      { write: faultsOf },
    );
  }

  async receive(message: Exclude<FromNifti, { kind: "save" }>): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#answers.cancelAll();
        this.#post({ kind: "welcome", uri: this.#file.uri, name: this.#file.name, texts: this.#texts });
        this.#listening = true;
        this.#sendLayers();
        await this.#sendHeader();
        return;
      case "addLayer": {
        const layer = await this.#layers.choose();
        if (layer !== undefined) this.addLayers([layer]);
        return;
      }
      case "request":
      case "cancel":
        await this.#answers.take(message);
        return;
    }
  }

  /** Lays images over this one, now or when the view is seen again. */
  addLayers(layers: readonly LayerFile[]): void {
    this.#named.name(layers);
    this.#waiting = [...this.#waiting, ...layers];
    if (this.#listening) this.#sendLayers();
  }

  /** The view is thrown away, and says hello when it is seen again. */
  hidden(): void {
    this.#listening = false;
  }

  #sendLayers(): void {
    if (this.#waiting.length > 0) this.#post({ kind: "layers", layers: this.#waiting });
    this.#waiting = [];
  }

  /** The file was written again. */
  async reload(): Promise<void> {
    this.#post({ kind: "changed" });
    await this.#sendHeader();
  }

  async #sendHeader(): Promise<void> {
    const signal = this.#headers.begin();
    try {
      const series = await readNiftiSeries(await this.#file.open());
      const fileBytes = await this.#file.size();
      if (signal.aborted) return;
      this.#series = series;
      this.#post({ kind: "header", image: imageInfo(series, fileBytes) });
    } catch (error) {
      if (!signal.aborted) this.#post({ kind: "faults", faults: faultsOf(error) });
    }
  }

  async #readVolume(index: number, anyway: boolean, signal: AbortSignal): Promise<VolumeAnswer> {
    const series = this.#series;
    if (series === null) throw new Error("A volume is read after the header.");
    const bytes = voxelBytes(series.header) * (series.channels ?? 1);
    const { tell, ask, refuse } = this.#limits;
    if (bytes > refuse || (bytes > ask && !anyway)) {
      const mayTry = bytes <= refuse;
      return { kind: "tooLarge", why: { bytes, limit: mayTry ? ask : refuse, mayTry } };
    }
    const source = await this.#file.open();
    const waiting = { signal, read: bytes > tell ? this.#tellPercents(bytes) : () => undefined };
    if (series.channels === null)
      return { kind: "voxels", voxels: await readStoredVolume(source, series, index, waiting) };
    const colours = await readColours(source, series, index, waiting);
    return { kind: "voxels", voxels: brightnessOf(colours), colours };
  }

  /** Tells the view of each further percent, and not of the last: the volume follows. */
  #tellPercents(bytes: number): (share: number) => void {
    let told = 0;
    return (share) => {
      const percent = Math.floor(100 * share);
      if (percent <= told || percent >= 100) return;
      told = percent;
      this.#post({ kind: "progress", share, bytes });
    };
  }
}
