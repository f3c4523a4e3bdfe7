/** What the host does for one open image: reads its header, then the volumes that the view asks for, the last request first. */

import type { FromNifti, ImageInfo, ToNifti } from "../../../../webview/nifti/messages";
import { type NiftiDetails, niftiDetails } from "../../../data/nifti/niftiDetails";
import { type NiftiSeries, volumeCount, voxelBytes } from "../../../data/nifti/niftiHeader";
import { type ByteSource, readNiftiSeries, readStoredVolume } from "../../../data/nifti/niftiSeries";
import { InputError } from "../../../experiment/problem";
import { Latest } from "../latest";

export interface SessionLimits {
  /** Volumes of more bytes are read only when the user insists. */
  readonly ask: number;
  /** Volumes of more bytes are not read. */
  readonly refuse: number;
}

/** A volume travels to the view as one message: beyond these sizes the window stalls, or has not the memory. */
export const LIMITS: SessionLimits = { ask: 512 * 2 ** 20, refuse: 2 ** 30 };

export interface NiftiFile {
  readonly uri: string;
  readonly name: string;
  /** Bytes on the disk; null when nobody tells. */
  size(): Promise<number | null>;
  /** Opened anew for each reading: the file may have been written again. */
  open(): Promise<ByteSource>;
}

export class NiftiSession {
  #series: NiftiSeries | null = null;
  /** Headers and requests: what a newer one overtook is not sent. */
  readonly #readings = new Latest();
  readonly #file: NiftiFile;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToNifti) => void;
  readonly #limits: SessionLimits;

  constructor(
    file: NiftiFile,
    texts: Readonly<Record<string, string>>,
    post: (message: ToNifti) => void,
    limits: SessionLimits = LIMITS,
  ) {
    this.#file = file;
    this.#texts = texts;
    this.#post = post;
    this.#limits = limits;
  }

  async receive(message: FromNifti): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#post({ kind: "welcome", uri: this.#file.uri, name: this.#file.name, texts: this.#texts });
        await this.#sendHeader();
        return;
      case "read":
        await this.#sendVolume(message.volume, message.anyway);
        return;
    }
  }

  /** The file was written again. */
  async reload(): Promise<void> {
    this.#post({ kind: "changed" });
    await this.#sendHeader();
  }

  async #sendHeader(): Promise<void> {
    const isLast = this.#readings.begin();
    await this.#guarded(isLast, null, async () => {
      const series = await readNiftiSeries(await this.#file.open());
      const fileBytes = await this.#file.size();
      if (!isLast()) return;
      this.#series = series;
      this.#post({ kind: "header", image: imageInfo(series, fileBytes) });
    });
  }

  async #sendVolume(index: number, anyway: boolean): Promise<void> {
    const series = this.#series;
    if (series === null) return;
    const isLast = this.#readings.begin();
    const bytes = voxelBytes(series.header);
    const { ask, refuse } = this.#limits;
    if (bytes > refuse || (bytes > ask && !anyway)) {
      const mayTry = bytes <= refuse;
      this.#post({ kind: "tooLarge", why: { bytes, limit: mayTry ? ask : refuse, mayTry } });
      return;
    }
    await this.#guarded(isLast, index, async () => {
      const voxels = await readStoredVolume(await this.#file.open(), series, index);
      if (isLast()) this.#post({ kind: "volume", index, voxels });
    });
  }

  /** What goes wrong is shown, unless nobody waits for it any more. */
  async #guarded(isLast: () => boolean, volume: number | null, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (!isLast()) return;
      const problems =
        error instanceof InputError
          ? error.problems
          : [{ message: error instanceof Error ? error.message : String(error), remedy: "" }];
      const faults = problems.map(({ message, remedy }) => ({ message, remedy }));
      this.#post({ kind: "faults", volume, faults });
    }
  }
}

export function imageInfo({ header, sizes }: NiftiSeries, fileBytes: number | null): ImageInfo {
  const details: NiftiDetails = niftiDetails(header);
  const { version, littleEndian, datatype, shape, slope, intercept, voxelSize, affine } = header;
  return {
    fileBytes,
    version,
    littleEndian,
    datatype,
    sizes,
    size: shape,
    volumes: volumeCount(sizes),
    volumeBytes: voxelBytes(header),
    slope,
    intercept,
    voxelSize,
    affine,
    ...details,
  };
}
