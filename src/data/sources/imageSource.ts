/** Where the images of a cohort stand, and how one is found there. A kind of place is one file here and one line in imageSources.ts. */

import type { Problem } from "../../experiment/problems/problem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";

export interface Session {
  readonly participantId: string;
  readonly sessionId: string;
}

/** One place, opened: what it has read of its folders it may keep. */
export interface ImageSource {
  /** Folder or table of the images. */
  readonly place: string;
  /** Key of an experiment that names it. */
  readonly key: "caps_directory" | "images";
  /** Why no image can be found; nothing where the place is what it should be. */
  problems(): Promise<Problem[]>;
  /**
   * Which images are meant, for a person to read.
   * @throws InputError when a key is missing without which they cannot be found
   */
  describe(preprocessing: Preprocessing): string;
  /** Files of the image of a session: one, or none where it is missing, or several where nothing tells them apart. */
  find(session: Session, preprocessing: Preprocessing): Promise<readonly string[]>;
  /** Files that have the name of the image of a session but for the ending, where `find` has none: the same scan in another format. */
  others(session: Session, preprocessing: Preprocessing): Promise<readonly string[]>;
  /** Every participant and session, sorted. */
  sessions(): Promise<Session[]>;
  /** Names of a few images that are there, for who has described others; none where a pipeline names them. */
  examples(): Promise<readonly string[]>;
  /** What would tell several files of one session apart: words for a key, or a row of a table; nothing where no key does. */
  deciding(files: readonly string[]): Deciding | null;
  /** Folder of the masks of regions that stand in the space of `template`, "" where none is named. */
  masks(template: string): string;
}

export type Deciding = { readonly by: "rows" } | { readonly by: "entities"; readonly entities: string[] };

/** A layout that a folder can be recognised by. */
export interface FolderLayout {
  /** Whether a folder with these names in it is one. */
  recognises(names: readonly string[]): boolean;
  /** Whether the entry `name` of such a folder holds images alone: nobody looks there for tables or for other data. */
  holdsImages(name: string): boolean;
}

/** Masks of regions beside images that stand in no CAPS. */
export const MASKS = "masks";
