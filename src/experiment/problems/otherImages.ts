/** What can be wrong with images that stand in no CAPS: the key `images`, and what it leads to. */
import type { ProblemWords } from "./words";

export const OTHER_IMAGE_PROBLEMS = {
  "images.given-twice": {
    message: "`caps_directory` and `images` both say where the images are.",
    remedy: "Remove one of them.",
  },
  "images.of-cohorts": {
    message: "With `multi_cohort` the table of `caps_directory` says where the images of each cohort are.",
    remedy:
      "Write this object into a JSON file, give that file as the `path` of the cohort in the table, and remove `images`.",
  },
  "images.prepared": {
    message: "Parts that prepare-data saved as tensors stand in a CAPS only.",
    remedy: 'Remove "prepare_dl": the parts are cut as the images are read.',
  },
  "images.pattern-of-nobody": {
    message: "The pattern does not say where the participant stands.",
    remedy: "Write `{participant}` in its place: `sub-{participant}_T1w.nii.gz`, for instance.",
  },
  "images.pattern-part": {
    message: "{part} is no part of a pattern.",
    remedy: "A pattern has `{participant}`, `{session}` and `*` for any letters.",
  },
  "images.pattern-side-by-side": {
    message:
      "Two parts of the pattern stand side by side: where one ends and the other begins, no name tells.",
    remedy: "Write the letters that stand between them.",
  },
  "images.pattern-outside": {
    message: "The pattern leads out of the folder, or has an empty name in it.",
    remedy: "Write it as a path below the folder, with `/` between the names.",
  },
  "images.unreadable": {
    message: "The folder of the images does not exist or cannot be read.",
    remedy: "Check `images`.",
  },
  "bids.is-caps": {
    message: "This is a CAPS: it holds `subjects`.",
    remedy: "Give it as `caps_directory` instead of `images`.",
  },
  "bids.nobody": {
    message: "This is not a BIDS folder: it has no `sub-*` folders.",
    remedy: "Give the folder that holds them[; there are {below}].",
  },
  "bids.raw": {
    message: "This BIDS holds raw data, as it says: no image of it has {entities}.",
    remedy: "Give one of its derivatives[ ({derivatives})], or leave {entities} out.",
  },
  "images.none-there": {
    message:
      'None of {sessions} {sessions|session|sessions} of the tables has an image "{pattern}" in {place}.',
    remedy: "Check `images`[; there are {examples}].",
  },
  "image.not-there": {
    message: '{session} has no image "{pattern}" in {place}.',
    remedy: "Add it there, or remove the row[; there are {examples}].",
  },
  "image.undecided": {
    message: "{session} has {count} {count|image|images}: {files}.",
    remedy: "Say in `images` which is meant, by {entities}.",
  },
  "image.rows": {
    message: "{session} has {count} {count|image|images} in {place}: {files}.",
    remedy: "Keep one row of each session in that table.",
  },
  "ids.not-in-images": {
    message:
      "The ids of {count} of {sessions} {sessions|session|sessions} of the tables are spelt otherwise in {place}: {here} here, {there} there. They differ in {difference}[ ({names})].",
    remedy: "Write the ids alike; in a spreadsheet, import these columns as text.",
  },
  "ids.none-in-images": {
    message:
      "The ids of the tables and of the images in {place} do not meet: none of {sessions} {sessions|session|sessions} is there. The table says {here} for instance, an image is of {there}.",
    remedy: "Give the images of these people, or write the ids alike.",
  },
  "ids.no-image": {
    message:
      "{count} of {sessions} {sessions|session|sessions} of the tables {count|has|have} no image in {place} ({names}).",
    remedy: "Add the images, or remove the rows.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
