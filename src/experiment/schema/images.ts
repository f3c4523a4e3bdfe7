/**
 * `images`: where the images stand that are in no CAPS, and which of them are meant. The key by which an object names its folder or
 * table says what kind of place it is; the rest tells images apart. Gives the type, the check, the completion and the documentation.
 */
import { z } from "zod";

const path = (text: string) => z.string().min(1).describe(text);

/** Parts of a BIDS name that tell images of a session apart, in the order in which names have them. */
export const BIDS_ENTITIES = {
  task: "task",
  acq: "acquisition",
  ce: "contrast agent",
  trc: "tracer of PET",
  rec: "reconstruction",
  dir: "direction of phase encoding",
  run: "run",
  mod: "modality of a defacing mask",
  echo: "echo",
  flip: "flip angle",
  inv: "inversion time",
  mt: "magnetisation transfer",
  part: "part of a complex image",
  hemi: "hemisphere",
  space: "space, `MNI152NLin2009cAsym` for instance",
  res: "resolution",
  den: "density",
  label: "label of a tissue, `GM` for instance",
  desc: "description, `preproc` for instance",
} as const;

export type BidsEntity = keyof typeof BIDS_ENTITIES;

const entity = (text: string) =>
  z
    .union([z.string(), z.int().nonnegative()])
    .nullable()
    .overwrite((value) => (value === "" ? null : value))
    .optional()
    .describe(
      `What the name has as its ${text}; \`null\` or an empty text: nothing. Any where this is not given.`,
    );

function entities(): Readonly<Record<BidsEntity, ReturnType<typeof entity>>> {
  const all = Object.entries(BIDS_ENTITIES).map(([name, text]) => [name, entity(text)]);
  // The keys are those of the entities, which is more than the type of fromEntries says.
  return Object.fromEntries(all) as Record<BidsEntity, ReturnType<typeof entity>>;
}

/** One schema a kind of place, under the key that names it. */
export const IMAGES_SCHEMAS = {
  bids: z
    .strictObject({
      bids: path("BIDS folder with `sub-*` folders: raw data, or one of its `derivatives`."),
      suffix: z
        .string()
        .min(1)
        .default("T1w")
        .describe("Last part of the name before `.nii.gz`: `T1w`, `pet`, `probseg`, ..."),
      ...entities(),
    })
    .describe("Images of a BIDS folder, raw or derivative, by the parts of their names."),
  table: z
    .strictObject({
      table: path("TSV or CSV of `participant_id`, `session_id` where there are several, and paths."),
      path_column: z
        .string()
        .min(1)
        .default("path")
        .describe("Column of the paths of the images; relative ones start at the table."),
    })
    .describe("Images whose paths stand in a table."),
  folder: z
    .strictObject({
      folder: path("Folder of NIfTI files whose names hold the participant."),
      pattern: z
        .string()
        .min(1)
        .describe(
          "Path of an image below the folder, `{participant}` and `{session}` in the places of the ids, `*` for any letters: `sub-{participant}_ses-{session}_T1w.nii.gz`.",
        ),
    })
    .describe("Images in a folder, by a pattern of their names."),
} as const;

export type ImagesKind = keyof typeof IMAGES_SCHEMAS;
const isKind = (name: string): name is ImagesKind => name in IMAGES_SCHEMAS;
export const IMAGES_KINDS = Object.keys(IMAGES_SCHEMAS).filter(isKind);
export type ImagesOf<Kind extends ImagesKind> = z.infer<(typeof IMAGES_SCHEMAS)[Kind]>;
export type Images = ImagesOf<ImagesKind>;

export const imagesSchema = z.union(Object.values(IMAGES_SCHEMAS));
