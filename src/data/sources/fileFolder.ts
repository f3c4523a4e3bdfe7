/** Looks up images in a folder of NIfTI files by a pattern of their names, which says where the ids stand. */
import { join } from "node:path";
import { matchName, type NamePattern, type PartsFound, parseNamePattern } from "../../experiment/namePattern";
import { isId } from "../../experiment/names";
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import type { ImagesOf } from "../../experiment/schema/images";
import { refusedFile } from "../../experiment/unreadableFile";
import { FileRefusal, namesIn } from "../../files/reader";
import { filesOfImage } from "../nifti/niftiPair";
import { ONLY_SESSION } from "../tables/onlySession";
import { isNiftiName } from "./bidsName";
import { contentOf } from "./folderContent";
import { type ImageSource, MASKS, type Session } from "./imageSource";
import { namesAsNifti } from "./otherEndings";

export function openFileFolder({ folder, pattern: text }: ImagesOf<"folder">): ImageSource {
  const pattern = parseNamePattern(text);
  const opening = (names: NamesOf) => {
    let opened: Promise<ReadonlyMap<string, readonly MatchedFile[]>> | undefined;
    return () => {
      opened ??= "fault" in pattern ? Promise.resolve(new Map()) : bySession(folder, pattern, names);
      return opened;
    };
  };
  const open = opening(ofNifti);
  const openOthers = opening(namesAsNifti);
  const filesOf = (sessions: ReadonlyMap<string, readonly MatchedFile[]>, session: Session) =>
    (sessions.get(keyOf(session)) ?? []).map(({ file }) => file);
  return {
    place: folder,
    key: "images",
    problems: () => folderProblems(folder),
    describe: () => text,
    find: async (session) => filesOf(await open(), session),
    others: async (session) => filesOf(await openOthers(), session),
    sessions: async () =>
      [...(await open()).values()].map(([first]) => ({
        participantId: first?.participantId ?? "",
        sessionId: first?.sessionId ?? "",
      })),
    deciding: () => null,
    examples: async () => (await contentOf(folder)).files.filter(isNiftiName).slice(0, EXAMPLES),
    masks: (template) => join(folder, MASKS, ...(template === "" ? [] : [`tpl-${template}`])),
  };
}

const EXAMPLES = 3;

export interface MatchedFile extends Session {
  readonly file: string;
}

/** By which names of a file a pattern may know it. */
type NamesOf = (name: string) => readonly string[];

/** A pair is one image, and a pattern may end in either of its names. */
const ofNifti: NamesOf = (name) => (isNiftiName(name) ? [...new Set([name, ...filesOfImage(name)])] : []);

async function bySession(
  folder: string,
  pattern: NamePattern,
  namesOf: NamesOf,
): Promise<Map<string, readonly MatchedFile[]>> {
  const sessions = new Map<string, MatchedFile[]>();
  for (const match of await matchedFiles(folder, pattern, namesOf)) {
    const known = sessions.get(keyOf(match));
    if (known === undefined) sessions.set(keyOf(match), [match]);
    else known.push(match);
  }
  return sessions;
}

const keyOf = ({ participantId, sessionId }: Session) => `${participantId}\t${sessionId}`;

/**
 * The files that match, NIfTI files where `namesOf` says nothing else, in the order of their paths, with their ids. `sub-` and `ses-` that the pattern has right before a part
 * belong to the id, as in BIDS; an image without a session is of the only one.
 */
export async function matchedFiles(
  folder: string,
  { names, prefixes }: NamePattern,
  namesOf: NamesOf = ofNifti,
): Promise<MatchedFile[]> {
  const search = async (place: string, depth: number, known: PartsFound): Promise<MatchedFile[]> => {
    const { folders, files } = await contentOf(place);
    const isFile = depth === names.length - 1;
    const matches = (isFile ? files : folders).flatMap((name) => {
      const found = (isFile ? namesOf(name) : [name]).map((one) => matchName(names[depth]!, one, known));
      const parts = found.find((one) => one !== null);
      return parts === undefined ? [] : [{ path: join(place, name), parts }];
    });
    if (isFile) return matches.flatMap(({ path, parts }) => matchOf(path, parts));
    const below = await Promise.all(matches.map(({ path, parts }) => search(path, depth + 1, parts)));
    return below.flat();
  };
  const matchOf = (file: string, { participant, session }: PartsFound): MatchedFile[] => {
    const participantId = `${prefixes.participant}${participant}`;
    const sessionId = session === undefined ? ONLY_SESSION : `${prefixes.session}${session}`;
    return isId(participantId) && isId(sessionId) ? [{ file, participantId, sessionId }] : [];
  };
  return await search(folder, 0, {});
}

async function folderProblems(folder: string): Promise<Problem[]> {
  const place = { file: folder, where: "images" };
  try {
    await namesIn(folder);
    return [];
  } catch (error) {
    if (error instanceof FileRefusal) return [{ ...refusedFile(error), where: place.where }];
    return [problem("images.unreadable", place)];
  }
}
