/** From the rows of a table to image files of one size, before anything is read in full. */

import type { Experiment } from "../../experiment/experiment";
import { aboutSubject, problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import type { Grid } from "../../space/grid";
import type { SpaceRule } from "../../space/spaceRule";
import type { Triple } from "../../space/triple";
import { append, collect, mapLimited } from "../batches/collect";
import { gridInSpace } from "../nifti/imageInSpace";
import { type NiftiHeader, readNiftiHeader } from "../nifti/niftiHeader";
import type { ImageRow } from "../plan/rows";
import { openSources } from "./imageSources";
import { type Lookup, lookupProblems, type SessionRow } from "./lookup";
import { imageName, nameImage } from "./nameImage";

export type ImageSize = Triple;

export interface ImageFiles {
  /** File of each image, by `imageKey`. */
  readonly files: ReadonlyMap<string, string>;
  /** On which the first image is read of those that are as large as most; undefined when no image could be read. */
  readonly grid: Grid | undefined;
  /** Of the first image. */
  readonly header: NiftiHeader | undefined;
  /** Of each image whose header could be read, by its file. */
  readonly headers: ReadonlyMap<string, NiftiHeader>;
}

export type ImageRequest = Pick<Experiment, "preprocessing_dict" | "space">;
/** Called after each header that was read. */
export type HeaderProgress = (done: number, of: number) => void;

export const imageKey = (row: Pick<ImageRow, "cohort" | "participantId" | "sessionId">) =>
  `${row.cohort}\t${row.participantId}\t${row.sessionId}`;

/** Network folders answer slowly, one by one, but well in parallel. */
const PARALLEL = 32;

/**
 * Finds the image of every row and reads its header. Everything that is wrong goes to `problems`: a CAPS that is none,
 * images missing or ambiguous, unreadable, or of another size than most.
 */
export async function locateImages(
  rows: readonly ImageRow[],
  { preprocessing_dict: preprocessing, space }: ImageRequest,
  problems: Problem[],
  onProgress: HeaderProgress = () => {},
): Promise<ImageFiles> {
  const nothing: ImageFiles = { files: new Map(), grid: undefined, header: undefined, headers: new Map() };
  const sourceOf = openSources();
  const ofPlaces = await mapLimited([...new Set(rows.map(sourceOf))], PARALLEL, (source) =>
    source.problems(),
  );
  append(problems, ofPlaces.flat());
  if (problems.some(({ severity, where, key }) => severity === "error" && isImagesKey(key ?? where)))
    return nothing;

  const lookUp = async ({ row, tables }: SessionRow): Promise<Lookup> => {
    const source = sourceOf(row);
    const hits = await source.find(row, preprocessing);
    return { row, tables, hits, source, pattern: source.describe(preprocessing) };
  };
  const found = await collect(problems, () => mapLimited(sessionsOf(rows), PARALLEL, lookUp));
  if (found === undefined) return nothing;
  append(problems, await lookupProblems(found, preprocessing));
  const images = found.flatMap(({ row, hits }) => (hits.length === 1 ? [{ row, file: hits[0]! }] : []));

  let done = 0;
  const headers = await mapLimited(images, PARALLEL, async ({ row, file }) => {
    const own: Problem[] = [];
    const read = await collect(own, () => readHeaderOf(row, file, space));
    onProgress(++done, images.length);
    return { row, read, own };
  });
  for (const { own } of headers) append(problems, own);
  const sound = headers.flatMap(({ row, read }) => (read === undefined ? [] : [{ row, ...read }]));
  const size = commonSize(sound.map(({ grid }) => grid.shape));
  append(problems, sizeProblems(sound, size));
  return {
    files: new Map(images.map(({ row, file }) => [imageKey(row), file])),
    grid: sound.find(({ grid }) => grid.shape.join() === size?.join())?.grid,
    header: sound[0]?.header,
    headers: new Map(sound.map(({ header }) => [header.file, header])),
  };
}

const isImagesKey = (key: string | undefined) => key === "caps_directory" || key === "images";

/** `grid`: of the image as it is read. */
async function readHeaderOf(
  row: ImageRow,
  file: string,
  space: SpaceRule,
): Promise<{ readonly header: NiftiHeader; readonly grid: Grid }> {
  try {
    const header = await readNiftiHeader(file);
    return { header, grid: gridInSpace(header, space) };
  } catch (error) {
    throw nameImage(row, error);
  }
}

function sessionsOf(rows: readonly ImageRow[]): SessionRow[] {
  const sessions = new Map<string, SessionRow>();
  for (const row of rows) {
    const known = sessions.get(imageKey(row));
    sessions.set(imageKey(row), { row: known?.row ?? row, tables: (known?.tables ?? 0) + 1 });
  }
  return [...sessions.values()];
}

/** The size that most images have; of equally frequent ones the first met. */
function commonSize(sizes: readonly ImageSize[]): ImageSize | undefined {
  const counts = new Map<string, { size: ImageSize; count: number }>();
  for (const size of sizes) {
    const key = size.join("x");
    counts.set(key, { size, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].reduce<{ size: ImageSize; count: number } | undefined>(
    (best, entry) => (best === undefined || entry.count > best.count ? entry : best),
    undefined,
  )?.size;
}

function sizeProblems(
  images: readonly { row: ImageRow; header: NiftiHeader; grid: Grid }[],
  size: ImageSize | undefined,
): Problem[] {
  const expected = size?.join("x");
  return images
    .filter(({ grid }) => grid.shape.join("x") !== expected)
    .map(({ row, grid, header: { file } }) =>
      aboutSubject(imageName(row), problem("image.size", { file }, { size: grid.shape.join("x"), expected })),
    );
}
