/** What a CAPS, a table of paths and a folder of NIfTI files hold that a network can learn from. */
import { imagesSchema } from "../../../experiment/schema/images";
import { voxelFileOf } from "../../nifti/niftiPair";
import type { Table } from "../../tables/table";
import { isNiftiName } from "../bidsName";
import { type CapsImages, type ImageOffer, imagesKeys, offerOf } from "./offer";

const PIPELINES: readonly CapsImages[] = [
  { preprocessing: "t1-linear", mode: "image" },
  { preprocessing: "t1-linear", mode: "image", use_uncropped_image: true },
  { preprocessing: "flair-linear", mode: "image" },
];

/** A CAPS of which no pipeline is known that has run is offered all the same: its experiment says which was meant. */
export async function capsOffers(folder: string): Promise<ImageOffer[]> {
  const offers = await Promise.all(
    PIPELINES.map((pipeline) =>
      offerOf({ caps_directory: folder, preprocessing_dict: pipeline }, pipeline.preprocessing),
    ),
  );
  const withImages = offers.filter(({ sessions, several }) => sessions.length + several > 0);
  const ofPipeline = new Map<string, ImageOffer>();
  for (const offer of withImages) if (!ofPipeline.has(offer.name)) ofPipeline.set(offer.name, offer);
  return ofPipeline.size > 0 ? [...ofPipeline.values()] : offers.slice(0, 1);
}

/** Rows that show what a column holds. */
const SHOWN = 20;

/** A table with a column of paths of images. */
export async function tableOffers({ file, columns, rows }: Table): Promise<ImageOffer[]> {
  const ofPaths = columns.filter((column) => {
    const values = rows.slice(0, SHOWN).flatMap(({ values }) => values[column] || []);
    return values.length > 0 && values.every((path) => isNiftiName(voxelFileOf(path)));
  });
  return await Promise.all(
    ofPaths.map((path_column) =>
      offerOf(imagesKeys(imagesSchema.parse({ table: file, path_column })), path_column),
    ),
  );
}

/** So many kinds of names are offered of one folder. */
const MOST = 4;

/** A folder of NIfTI files, by the patterns that their names suggest, which a person then sees and changes. */
export async function folderOffers(folder: string, files: readonly string[]): Promise<ImageOffer[]> {
  return await Promise.all(
    suggestedPatterns(files).map((pattern) =>
      offerOf(imagesKeys(imagesSchema.parse({ folder, pattern })), pattern),
    ),
  );
}

/**
 * The patterns that several of `files` have, the commonest first. Where none has, names begin with a word of the study:
 * `head_001_T1.nii` suggests `head_{participant}_T1.nii`.
 */
export function suggestedPatterns(files: readonly string[]): string[] {
  const usual = commonest(files.map(suggestedPattern), 2);
  if (usual.length > 0) return usual;
  const word = sharedWord(files);
  const rest = files.map((file) => file.slice(word.length)).filter((file) => /^[^_.]*\d/.test(file));
  return commonest(rest.map(suggestedPattern), 3).map((pattern) => `${word}${pattern}`);
}

function commonest(patterns: readonly string[], least: number): string[] {
  const counts = new Map<string, number>();
  for (const pattern of patterns) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  const usual = [...counts].filter(([, count]) => count >= least).sort(([, a], [, b]) => b - a);
  return usual.slice(0, MOST).map(([pattern]) => pattern);
}

/** What all names begin with, to its last separator. */
function sharedWord([first = "", ...others]: readonly string[]): string {
  let length = 0;
  while (length < first.length && others.every((other) => other[length] === first[length])) length++;
  return /^.*[_-]/.exec(first.slice(0, length))?.[0] ?? "";
}

const OF_BIDS = /^sub-[^_/]+(?:_ses-[^_/]+)?/;

/**
 * `sub-01_ses-1_T1w.nii` suggests `sub-{participant}_ses-{session}_T1w.nii`, `P01_T1.nii` suggests `{participant}_T1.nii`, and so does
 * `P01/T1.nii` `{participant}/T1.nii`.
 * @param file path below the folder, with `/`
 */
export function suggestedPattern(file: string): string {
  const slash = file.indexOf("/");
  const [first, rest] = slash < 0 ? ["", file] : [file.slice(0, slash), file.slice(slash)];
  if (first !== "") return `{participant}${rest.replaceAll(first, "{participant}")}`;
  const bids = OF_BIDS.exec(file)?.[0];
  if (bids !== undefined) {
    const session = bids.includes("_ses-") ? "_ses-{session}" : "";
    return `sub-{participant}${session}${file.slice(bids.length)}`;
  }
  const end = file.search(/[_.]/);
  return `{participant}${end < 1 ? file : file.slice(end)}`;
}
