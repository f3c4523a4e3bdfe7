/** Looks up images in a CAPS folder (the output of Clinica's pipelines) as ClinicaDL does. */
import { basename, join } from "node:path";
import { idProblems } from "../../experiment/idProblems";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import { refusedFile } from "../../experiment/unreadableFile";
import { FileRefusal, namesIn } from "../../files/reader";
import { contentOf, foldersStarting } from "./folderContent";
import { globMatcher } from "./glob";
import { type FolderLayout, type ImageSource, MASKS, type Session } from "./imageSource";
import { namesAsNifti } from "./otherEndings";

export const CAPS_LAYOUT: FolderLayout = {
  recognises: (names) => names.some(holdsImages),
  holdsImages,
};

export const openCaps = (folder: string): ImageSource => ({
  place: folder,
  key: "caps_directory",
  problems: () => capsProblems(folder),
  describe: imagePattern,
  find: (session, preprocessing) => findImages(folder, session, imagePattern(preprocessing)),
  others: (session, preprocessing) => otherFiles(folder, session, imagePattern(preprocessing)),
  sessions: () => listSessions(folder),
  // Its names are those of a pipeline: ClinicaDL takes the highest run, and no key chooses another.
  deciding: () => null,
  examples: async () => [],
  masks: (template) => join(folder, MASKS, `tpl-${template}`),
});

/** Folder of the parts of a session that prepare-data has saved as tensors. */
export const tensorsFolder = (folder: string, session: Session): string =>
  join(sessionFolder(folder, session), "deeplearning_prepare_data");

const SUBJECTS = "subjects";

function holdsImages(name: string): boolean {
  return name === SUBJECTS;
}

/** Where a CAPS keeps what belongs to a session. Throws an InputError for ids that would lead elsewhere. */
function sessionFolder(folder: string, session: Session): string {
  const problems = idProblems(folder, [session]);
  if (problems.length > 0) throw new InputError(problems);
  return join(folder, SUBJECTS, session.participantId, session.sessionId);
}

const TEMPLATE = "space-MNI152NLin2009cSym";

/**
 * The glob, below the session's folder, of the image that `preprocessing` means. `file_type.pattern` has the last word.
 * Throws an InputError when a key that the pattern needs is missing.
 */
export function imagePattern(preprocessing: Preprocessing): string {
  if (preprocessing.file_type !== undefined) return preprocessing.file_type.pattern;
  const crop = preprocessing.use_uncropped_image ? "" : "_desc-Crop";
  switch (preprocessing.preprocessing) {
    case "t1-linear":
      return `*${TEMPLATE}${crop}_res-1x1x1_T1w.nii.gz`;
    case "flair-linear":
      return `*${TEMPLATE}${crop}_res-1x1x1_flair.nii.gz`;
    case "pet-linear": {
      const tracer = required(preprocessing, "tracer", "18FFDG");
      const region = required(preprocessing, "suvr_reference_region", "cerebellumPons2");
      return `pet_linear/*_trc-${tracer}_${TEMPLATE}${crop}_res-1x1x1_suvr-${region}_pet.nii.gz`;
    }
    case "custom":
      return `*${required(preprocessing, "custom_suffix", "graymatter_T1w.nii.gz")}`;
  }
}

function required(
  preprocessing: Preprocessing,
  key: "tracer" | "suvr_reference_region" | "custom_suffix",
  example: string,
): string {
  const value = preprocessing[key];
  if (value !== undefined && value !== "") return value;
  const values = { pipeline: preprocessing.preprocessing, key, example };
  throw refuse("images.key-missing", { where: `preprocessing_dict.${key}` }, values);
}

/** Is `caps` a CAPS? A BIDS passed by mistake is recognised. */
export async function capsProblems(caps: string): Promise<Problem[]> {
  const place = { file: caps, where: "caps_directory" };
  let names: string[];
  try {
    names = await namesIn(caps);
  } catch (error) {
    if (error instanceof FileRefusal) return [{ ...refusedFile(error), where: place.where }];
    return [problem("caps.unreadable", place)];
  }
  if (names.some((name) => name.startsWith("sub-"))) return [problem("caps.is-bids", place)];
  return names.some(holdsImages) ? [] : [problem("caps.no-subjects", place)];
}

/** Every participant and session of a CAPS, sorted. */
export async function listSessions(caps: string): Promise<Session[]> {
  const subjects = join(caps, SUBJECTS);
  const sessions: Session[] = [];
  for (const participantId of await foldersStarting(subjects, "sub-")) {
    for (const sessionId of await foldersStarting(join(subjects, participantId), "ses-")) {
      sessions.push({ participantId, sessionId });
    }
  }
  return sessions;
}

/**
 * The files of a session that match `pattern` at any depth, letters compared without case. ClinicaDL demands exactly one;
 * of files that differ in their `run-` alone it takes the highest run, and so does this.
 */
export async function findImages(caps: string, session: Session, pattern: string): Promise<string[]> {
  const folder = sessionFolder(caps, session);
  const parts = pattern.split("/").map(globMatcher);
  const hits = await search(folder, [], parts);
  return hits.length > 1 ? highestRun(hits) : hits;
}

/** Below the folder of the session: files that differ from `pattern` in the ending alone, which is that of an image. */
async function otherFiles(caps: string, session: Session, pattern: string): Promise<string[]> {
  const stem = pattern.replace(/\.nii(?:\.gz)?$/i, "");
  if (stem === pattern) return [];
  const found = await findImages(caps, session, `${stem}.*`);
  return found.filter((file) => namesAsNifti(basename(file)).length > 0);
}

/** Links may lead in circles; no pipeline nests deeper. */
const DEEPEST = 10;

/** `above`: names of the folders between the session and `folder`. */
async function search(
  folder: string,
  above: readonly string[],
  parts: readonly ((name: string) => boolean)[],
): Promise<string[]> {
  const { folders, files } = await contentOf(folder);
  // A folder of that name is told as one when it is read: DICOM series are kept so.
  const candidates = [...files, ...folders.filter((name) => /\.nii(?:\.gz)?$/i.test(name))];
  const hits = candidates
    .filter((name) => {
      const tail = [...above, name].slice(-parts.length);
      return tail.length === parts.length && tail.every((folderOrFile, i) => parts[i]!(folderOrFile));
    })
    .map((name) => join(folder, name));
  if (above.length === DEEPEST) return hits;
  const deeper = await Promise.all(
    folders.map((name) => search(join(folder, name), [...above, name], parts)),
  );
  return [...hits, ...deeper.flat()];
}

const RUN = /_run-(\d+)/;

function highestRun(files: readonly string[]): string[] {
  const withoutRun = new Set(files.map((file) => file.replace(RUN, "")));
  if (withoutRun.size > 1 || !files.every((file) => RUN.test(file))) return [...files];
  const run = (file: string) => Number(RUN.exec(file)?.[1]);
  return [files.reduce((best, file) => (run(file) > run(best) ? file : best))];
}
