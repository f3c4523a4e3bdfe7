/** What a header says besides its voxels: for people who look at a file, not for the training. */
import { type ChosenForm, chosenForm } from "../../space/niftiAffine";
import type { NiftiHeader } from "./niftiHeader";

export interface NiftiDetails {
  /** Free text of the program that wrote the file, "" for none. */
  readonly description: string;
  readonly intent: string;
  readonly spaceUnit: "mm" | "m" | "µm" | null;
  /** Unit and length of a step along the fourth axis. */
  readonly timeUnit: "s" | "ms" | "µs" | "Hz" | null;
  readonly timeStep: number;
  /** Which transformation the affine is. */
  readonly form: ChosenForm["form"];
  /** Meaning of its code: "scanner", "aligned", "Talairach", "MNI152", "template"; "" without one that the standard knows. */
  readonly space: string;
}

/** Where the fields stand: nifti1.h and nifti2.h. */
const PLACES = {
  1: { description: 148, intent: 328, units: 123, pixdim: 76, qform: 252, sform: 254 },
  2: { description: 240, intent: 508, units: 500, pixdim: 104, qform: 344, sform: 348 },
} as const;

export function niftiDetails({ bytes, version, littleEndian }: NiftiHeader): NiftiDetails {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const place = PLACES[version];
  const code = (at: number) =>
    version === 1 ? view.getInt16(at, littleEndian) : view.getInt32(at, littleEndian);
  const units = version === 1 ? view.getUint8(place.units) : view.getInt32(place.units, littleEndian);
  const { form, meaning } = chosenForm({ sformCode: code(place.sform), qformCode: code(place.qform) });
  return {
    description: text(bytes.subarray(place.description, place.description + 80)),
    intent: text(bytes.subarray(place.intent, place.intent + 16)),
    spaceUnit: ([null, "m", "mm", "µm"] as const)[units & 7] ?? null,
    timeUnit: ([null, "s", "ms", "µs", "Hz"] as const)[(units & 56) >> 3] ?? null,
    timeStep:
      version === 1
        ? view.getFloat32(place.pixdim + 16, littleEndian)
        : view.getFloat64(place.pixdim + 32, littleEndian),
    form,
    space: meaning,
  };
}

/** Up to the first zero, as C reads it; control characters are left out. */
function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const latin = Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("latin1");
  return latin.replace(/[\p{Cc}]/gu, "").trim();
}
