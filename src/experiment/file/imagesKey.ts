/** What `images` may be beside the other keys of an experiment, and the file in which the images of one cohort are told. */
import { dirname, resolve } from "node:path";
import { readUtf8 } from "../../files/reader";
import { imagesFrom } from "../imagesPath";
import { parseNamePattern } from "../namePattern";
import { problem, refuse } from "../problems/makeProblem";
import { phrase } from "../problems/phrases";
import { InputError, type Problem } from "../problems/problem";
import { type Images, imagesSchema } from "../schema/images";
import type { Preprocessing } from "../schema/preprocessing";
import { unreadable } from "../unreadableFile";
import { explainIssues } from "./explainIssue";
import { JsonTextError, parseJsonText } from "./jsonText";

const KEY = "images";
/** As a pattern has them. */
const PARTS = { participant: "{participant}", session: "{session}" };

/** One of `caps_directory` and `images` says where the images are. @param json the keys as typed */
export function imagesProblems(json: Readonly<Record<string, unknown>>, file: string): Problem[] {
  const { caps_directory: caps, images } = json;
  const isCaps = caps !== undefined && caps !== "";
  if (images === undefined) {
    const place = { file, where: "caps_directory" };
    const values = { key: "caps_directory", allowed: phrase("text") };
    return isCaps ? [] : [problem("key.missing", place, values)];
  }
  const place = { file, where: KEY };
  const parsed = imagesSchema.safeParse(images);
  return [
    ...(isCaps ? [problem("images.given-twice", place)] : []),
    ...(json.multi_cohort === true ? [problem("images.of-cohorts", place)] : []),
    // What else is wrong with it is told with the other keys.
    ...(parsed.success ? patternProblems(parsed.data, file) : []),
  ];
}

/** Of the images of a session, only how they are cut: which they are, `images` says. */
export const cutOf = (preprocessing: Preprocessing): Preprocessing => ({
  ...preprocessing,
  preprocessing: "custom",
  use_uncropped_image: false,
  prepare_dl: false,
  file_type: undefined,
  custom_suffix: undefined,
  tracer: undefined,
  suvr_reference_region: undefined,
});

function patternProblems(images: Images, file: string): Problem[] {
  if (!("pattern" in images)) return [];
  const pattern = parseNamePattern(images.pattern);
  if (!("fault" in pattern)) return [];
  const place = { file, where: `${KEY}.pattern` };
  switch (pattern.fault) {
    case "no-participant":
      return [problem("images.pattern-of-nobody", place, { participant: PARTS.participant })];
    case "unknown-part":
      return [problem("images.pattern-part", place, { ...PARTS, part: pattern.part })];
    case "side-by-side":
      return [problem("images.pattern-side-by-side", place)];
    case "outside":
      return [problem("images.pattern-outside", place)];
  }
}

/** The images that a JSON file describes as the key `images` does; its paths start at it. Throws an InputError. */
export async function readImagesFile(file: string): Promise<Images> {
  const text = await readUtf8(file, "json").catch(async (error: unknown) => {
    throw await unreadable(file, error);
  });
  return parseImages(text, file);
}

/** @param file where `text` stands: named in the problems, and its paths start there. Throws an InputError. */
export function parseImages(text: string, file: string): Images {
  let json: unknown;
  try {
    json = parseJsonText(text);
  } catch (error) {
    const place = error instanceof JsonTextError ? error.place : {};
    throw refuse("experiment.not-json", { file }, { line: null, column: null, ...place });
  }
  const parsed = imagesSchema.safeParse(json);
  const problems = parsed.success
    ? patternProblems(parsed.data, file)
    : explainIssues(parsed.error.issues, json, file);
  if (problems.length > 0 || !parsed.success) throw new InputError(problems);
  return imagesFrom(dirname(resolve(file)), parsed.data);
}

/** `--images`: the JSON itself, or a file. Throws an InputError. */
export async function imagesGiven(text: string): Promise<Images> {
  return text.trimStart().startsWith("{")
    ? parseImages(text, resolve("--images"))
    : await readImagesFile(resolve(text));
}
