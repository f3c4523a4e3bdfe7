/**
 * Looks up images in a BIDS folder, raw or derivative, by the parts of their names. An image is of the session that its name says, as
 * fMRIPrep keeps the one anatomy of several sessions beside their folders.
 */
import { basename, join } from "node:path";
import { idProblems } from "../../experiment/idProblems";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { BIDS_ENTITIES, type BidsEntity, type ImagesOf } from "../../experiment/schema/images";
import { refusedFile } from "../../experiment/unreadableFile";
import { FileRefusal, namesIn } from "../../files/reader";
import { mapLimited } from "../batches/collect";
import { ONLY_SESSION } from "../tables/onlySession";
import { datasetType } from "./bidsDescription";
import { type BidsName, parseBidsName } from "./bidsName";
import { CAPS_LAYOUT } from "./caps";
import { contentOf, foldersStarting } from "./folderContent";
import { type FolderLayout, type ImageSource, MASKS, type Session } from "./imageSource";
import { namesAsNifti } from "./otherEndings";

const PERSON = "sub-";
const SESSION = "ses-";
const ENTITIES = Object.keys(BIDS_ENTITIES) as readonly BidsEntity[];

export const BIDS_LAYOUT: FolderLayout = {
  recognises: (names) => names.some((name) => name.startsWith(PERSON)),
  holdsImages: (name) => name.startsWith(PERSON),
};

export function openBids(settings: ImagesOf<"bids">): ImageSource {
  const { bids: folder } = settings;
  const people = new Map<string, Promise<readonly BidsImage[]>>();
  const imagesOfPerson = (participantId: string) => {
    const known = people.get(participantId) ?? imagesBelow(join(folder, participantId));
    people.set(participantId, known);
    return known;
  };
  const meant = async (participantId: string) =>
    (await imagesOfPerson(participantId)).filter(({ name }) => isMeant(name, settings));
  return {
    place: folder,
    key: "images",
    problems: () => folderProblems(settings),
    describe: () => describe(settings),
    find: async (session) => {
      const problems = idProblems(folder, [session]);
      if (problems.length > 0) throw new InputError(problems);
      const images = await meant(session.participantId);
      return images.filter(({ sessionId }) => sessionId === session.sessionId).map(({ file }) => file);
    },
    others: async ({ participantId, sessionId }) => {
      const images = await imagesBelow(join(folder, participantId), ofOtherEnding);
      const own = images.filter((image) => image.sessionId === sessionId && isMeant(image.name, settings));
      return own.map(({ file }) => file);
    },
    sessions: async () => {
      const folders = await foldersStarting(folder, PERSON);
      const found = await mapLimited(folders, PARALLEL, async (participantId): Promise<Session[]> => {
        const images = await meant(participantId);
        const ids =
          images.length > 0 ? images.map(({ sessionId }) => sessionId) : await emptySessions(participantId);
        return [...new Set(ids)].sort().map((sessionId) => ({ participantId, sessionId }));
      });
      return found.flat();
    },
    deciding: (files) => {
      const entities = differing(files.map(parseBidsName));
      return entities.length === 0 ? null : { by: "entities", entities };
    },
    examples: async () => {
      const [first] = await foldersStarting(folder, PERSON);
      const images = first === undefined ? [] : await imagesOfPerson(first);
      return images.slice(0, EXAMPLES).map(({ file }) => basename(file));
    },
    masks: (template) => join(folder, MASKS, ...(template === "" ? [] : [`tpl-${template}`])),
  };

  async function emptySessions(participantId: string): Promise<readonly string[]> {
    const sessions = await foldersStarting(join(folder, participantId), SESSION);
    return sessions.length === 0 ? [ONLY_SESSION] : sessions;
  }
}

const PARALLEL = 32;
const EXAMPLES = 3;

/** The folder of a person has sessions, which have kinds of data; a derivative may have one more. Links may lead in circles. */
const DEEPEST = 4;

export interface BidsImage {
  readonly file: string;
  readonly name: BidsName;
  readonly sessionId: string;
}

/** What would be meant by the name of a file in another format. */
function ofOtherEnding(file: string): BidsName | null {
  const [name] = namesAsNifti(file);
  return name === undefined ? null : parseBidsName(name);
}

/** The NIfTI files in the folder of a person and below, or those that `parse` knows by their names. */
export async function imagesBelow(
  folder: string,
  parse = parseBidsName,
  depth = DEEPEST,
): Promise<readonly BidsImage[]> {
  const { folders, files } = await contentOf(folder);
  const images = files.flatMap((file): BidsImage[] => {
    const name = parse(file);
    if (name === null) return [];
    const session = name.entities.get("ses");
    const sessionId = session === undefined ? ONLY_SESSION : `${SESSION}${session}`;
    return [{ file: join(folder, file), name, sessionId }];
  });
  if (depth === 0) return images;
  const deeper = await Promise.all(folders.map((name) => imagesBelow(join(folder, name), parse, depth - 1)));
  return [...images, ...deeper.flat()];
}

/** Whether an image has the suffix and the entities that are asked for. */
function isMeant({ entities, suffix }: BidsName, asked: ImagesOf<"bids">): boolean {
  return (
    suffix === asked.suffix &&
    ENTITIES.every((entity) => {
      const value = asked[entity];
      const own = entities.get(entity);
      if (value === undefined) return true;
      return value === null ? own === undefined : own !== undefined && isSame(own, String(value));
    })
  );
}

/** `run-01` is the same as `run-1`. */
const isSame = (a: string, b: string) => a === b || (isIndex(a) && isIndex(b) && Number(a) === Number(b));
const isIndex = (text: string) => /^\d+$/.test(text);

/** `*_space-MNI152NLin2009cAsym_desc-preproc_T1w`, with what may not be there in words. */
function describe(asked: ImagesOf<"bids">): string {
  const given = ENTITIES.flatMap((entity) => {
    const value = asked[entity];
    return value === undefined || value === null ? [] : [`_${entity}-${value}`];
  });
  const without = ENTITIES.filter((entity) => asked[entity] === null).map((entity) => ` !${entity}`);
  return `*${given.join("*")}*_${asked.suffix}.nii*${without.join("")}`.replace("**", "*");
}

/** Entities in which names differ: where `run` is all, no other is named. */
function differing(names: readonly (BidsName | null)[]): string[] {
  return ENTITIES.filter((entity) => new Set(names.map((name) => name?.entities.get(entity))).size > 1);
}

/** Only what was computed from an image has these. */
const OF_DERIVATIVES: readonly BidsEntity[] = ["space", "res", "den", "label", "desc", "hemi"];

async function folderProblems(settings: ImagesOf<"bids">): Promise<Problem[]> {
  const { bids: folder } = settings;
  const place = { file: folder, where: "images" };
  let names: string[];
  try {
    names = await namesIn(folder);
  } catch (error) {
    if (error instanceof FileRefusal) return [{ ...refusedFile(error), where: place.where }];
    return [problem("images.unreadable", place)];
  }
  if (BIDS_LAYOUT.recognises(names)) {
    const entities = OF_DERIVATIVES.filter((entity) => (settings[entity] ?? null) !== null);
    if (entities.length === 0 || (await datasetType(folder)) !== "raw") return [];
    const derivatives = some((await contentOf(join(folder, "derivatives"))).folders);
    return [problem("bids.raw", place, { entities, derivatives })];
  }
  if (CAPS_LAYOUT.recognises(names)) return [problem("bids.is-caps", place)];
  const below = await Promise.all(
    (await contentOf(folder)).folders.map(async (name) => {
      const inside = await namesIn(join(folder, name)).catch(() => []);
      return BIDS_LAYOUT.recognises(inside) ? [name] : [];
    }),
  );
  return [problem("bids.nobody", place, { below: some(below.flat()) })];
}
