/** People who come with data of their own, one window after the other: the editor they share, their folders, and scans of heads. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll } from "vitest";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { RandomGenerator } from "../../../src/network/weights/random";
import type { Triple } from "../../../src/space/triple";
import { type Editor, startEditor } from "./editor";
import { begin, type Person } from "./experimentJourney";
import { photographFailures } from "./photographs";

/** Of the people of a study. */
export const ids = Array.from({ length: 24 }, (_, i) => String(i + 1).padStart(3, "0"));

/** Every second person is ill. */
export const groupOf = (i: number) => (i % 2 ? "patient" : "control");

export interface NewStudies {
  /** Opens a window on a folder with what `write` puts into it. */
  begin(name: string, write: (folder: string) => Promise<void>): Promise<Person>;
  /** Whoever came last. */
  person(): Person;
  /** A folder outside of every workspace is removed at the end as well. */
  remove(folder: string): string;
}

/** To be called where a file of tests begins. */
export function newStudies(): NewStudies {
  let editor: Editor;
  let person: Person | undefined;
  const folders: string[] = [];
  beforeAll(async () => {
    editor = await startEditor({ settings: { "gyrus.openPanelOnTrain": false } });
  });
  photographFailures(() => person?.window);
  afterAll(async () => {
    await editor?.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });
  const remove = (folder: string) => {
    folders.push(folder);
    return folder;
  };
  return {
    async begin(name, write) {
      person = await begin(editor, name, write);
      remove(person.workspace);
      return person;
    },
    person: () => {
      if (person === undefined) throw new Error("Nobody has begun.");
      return person;
    },
    remove,
  };
}

/** Equal scans of two people would be refused, and rightly. */
const noise = new RandomGenerator(1);

/**
 * A scan of person `i`, its axes to the right, forwards and upwards: a head with a nose in front and a neck below, of which patients
 * have a brighter right half.
 * @param voxel millimetres
 */
export async function writeScan(
  file: string,
  i: number,
  shape: Triple = [12, 14, 10],
  voxel = 1,
): Promise<void> {
  const [nx, ny, nz] = shape;
  const data = Float32Array.from({ length: nx * ny * nz }, (_, at) => {
    const right = Math.floor(at / (ny * nz)) / (nx - 1);
    const forwards = (Math.floor(at / nz) % ny) / (ny - 1);
    const upwards = (at % nz) / (nz - 1);
    const ill = i % 2 === 1 && right > 0.5 ? 1 : 0;
    return 0.3 * noise.uniform() + (isHead(right, forwards, upwards) ? 0.7 + ill : 0);
  });
  const affine = [0, 1, 2].map((row) => [0, 1, 2, 3].map((column) => (column === row ? voxel : 0)));
  await writeNifti(file, { shape, data, affine: [...affine, [0, 0, 0, 1]] });
}

/** Each from 0 to 1. */
function isHead(right: number, forwards: number, upwards: number): boolean {
  const aside = Math.abs(right - 0.5);
  const skull = Math.hypot(aside / 0.45, (forwards - 0.45) / 0.42, (upwards - 0.62) / 0.38) < 1;
  const nose = forwards > 0.8 && aside < 0.15 && upwards > 0.4 && upwards < 0.65;
  const neck = upwards < 0.35 && Math.hypot(aside, forwards - 0.4) < 0.22;
  return skull || nose || neck;
}

/** Writes it as `write` says for everybody, with the number of the person. */
export async function writeScans(file: (id: string, i: number) => string): Promise<void> {
  for (const [i, id] of ids.entries()) await writeScan(file(id, i), i);
}
