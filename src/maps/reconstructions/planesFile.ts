/** Planes of reconstructions at one best epoch: a line of JSON that says what they are, then their bytes, one after the other. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { refusedFile } from "../../experiment/unreadableFile";
import { writeAtomically } from "../../files/atomicFile";
import { FileRefusal, readWhole } from "../../files/reader";
import { jsonNumber } from "../../run/eventSchema";
import { fromJson, toJson } from "../../run/jsonNumber";
import { type KeptImage, PLANE_LAYERS, planeAxes, planeLength } from "../../space/keptPlanes";
import type { NetworkPlace } from "../folder/place";

const count = z.int().positive().max(4096);
const row = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const headSchema = z.object({
  images: z
    .array(
      z.object({
        size: z.tuple([count, count, count]),
        affine: z.tuple([row, row, row, row]),
        low: jsonNumber,
        high: jsonNumber,
      }),
    )
    .max(16),
});

const LINE_FEED = 10;

/** Writes them in one step. */
export async function writePlanes(file: string, images: readonly KeptImage[]): Promise<void> {
  const head = images.map(({ size, affine, low, high }) => ({ size, affine, low, high }));
  const bytes = images.flatMap(({ planes }) =>
    planes.flatMap((plane) => PLANE_LAYERS.map((layer) => plane[layer])),
  );
  await writeAtomically(file, Buffer.concat([Buffer.from(`${toJson({ images: head })}\n`), ...bytes]));
}

/** @throws InputError where there are none, or they are damaged */
export async function readPlanes(file: string): Promise<readonly KeptImage[]> {
  const bytes = await readWhole(file, "planes").catch((error: unknown) => {
    throw error instanceof FileRefusal ? new InputError([refusedFile(error)]) : damaged(file);
  });
  const end = bytes.indexOf(LINE_FEED);
  const head = headSchema.safeParse(end < 0 ? null : parsed(bytes.toString("utf8", 0, end)));
  if (!head.success) throw damaged(file);
  let at = end + 1;
  const images = head.data.images.map((image) => {
    const planes = planeAxes(image.size).map((through) => {
      const length = planeLength(image.size, through);
      const [input, output, difference] = PLANE_LAYERS.map((_, layer) => {
        const start = at + layer * length;
        return new Uint8Array(bytes.subarray(start, start + length));
      }) as [Uint8Array, Uint8Array, Uint8Array];
      at += PLANE_LAYERS.length * length;
      return { through, input, output, difference };
    });
    return { ...image, planes };
  });
  if (at !== bytes.length) throw damaged(file);
  return images;
}

function parsed(text: string): unknown {
  try {
    return fromJson(text);
  } catch {
    return null;
  }
}

const damaged = (file: string) => refuse("maps.no-planes", { file });

const PLANES = /^epoch-(\d+)\.planes$/;

/** Removes those of `epoch` and of what came after it: they are made again. */
export async function forgetPlanes(place: NetworkPlace, epoch: number): Promise<void> {
  for (const name of await readdir(place.reconstructions).catch(() => [])) {
    const found = PLANES.exec(name)?.[1];
    if (found !== undefined && Number(found) >= epoch) await rm(join(place.reconstructions, name));
  }
}
