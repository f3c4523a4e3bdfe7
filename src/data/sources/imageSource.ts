/** Where the images of a cohort stand, and how one is found there. A layout of folders is one file here and one line in imageSources.ts. */

import type { Problem } from "../../experiment/problems/problem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";

export interface Session {
  readonly participantId: string;
  readonly sessionId: string;
}

export interface ImageSource {
  /** Whether a folder with these names in it is one of this layout. */
  recognises(names: readonly string[]): boolean;
  /** Whether the entry `name` of such a folder holds images alone: nobody looks there for tables or for other data. */
  holdsImages(name: string): boolean;
  /** Why no image can be found in `folder`; nothing where it is one of this layout. */
  problems(folder: string): Promise<Problem[]>;
  /**
   * Which images `preprocessing` means, as a pattern of file names, for a person to read.
   * @throws InputError when a key is missing without which they cannot be found
   */
  describe(preprocessing: Preprocessing): string;
  /** Files of the image of a session: one, or none where it is missing, or several where the pattern does not tell them apart. */
  find(folder: string, session: Session, preprocessing: Preprocessing): Promise<string[]>;
  /** Every participant and session in `folder`, sorted. */
  sessions(folder: string): Promise<Session[]>;
  /** Folder of the masks of regions that stand in the space of `template`. */
  masks(folder: string, template: string): string;
  /** Folder of the parts of a session that prepare-data has saved as tensors. */
  tensors(folder: string, session: Session): string;
}
