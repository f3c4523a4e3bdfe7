/** What the fuzz needs to know of a reader. */

/** A file that is valid; of a packed one also what is inside, so that damage gets past the checksums. */
export interface Seed {
  readonly bytes: Buffer;
  readonly inner?: { readonly bytes: Buffer; readonly pack: (bytes: Buffer) => Buffer };
}

export interface Reader {
  /** The files of `src` and `webview` whose reading this is. */
  readonly sources: readonly string[];
  /** How the file is named that is damaged, within a folder of its own. */
  readonly file: string;
  readonly seeds: readonly Seed[];
  /** Files that ask for much in little, made by hand, by what they do. */
  readonly bombs?: Readonly<Record<string, Buffer>>;
  /** Writes what else must stand in the folder. */
  readonly prepare?: (folder: string) => unknown;
  /** Reads it. May throw what users are told of; nothing else. */
  readonly read: (file: string, folder: string) => unknown;
}
