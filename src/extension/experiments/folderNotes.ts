/** What users keep of runs, by the folder that holds the MAPS: a file is read again where it was written since. */
import { basename, dirname } from "node:path";
import { mapLimited } from "../../data/batches/collect";
import { lookAt } from "../../files/reader";
import { notesIn, type RunNote, readRunNotes } from "../../maps/folder/runNotes";

/** Files that are looked at at the same time. */
const READERS = 16;

interface KnownNotes {
  readonly written: number;
  readonly notes: ReadonlyMap<string, RunNote>;
}

export class FolderNotes {
  readonly #known = new Map<string, KnownNotes>();

  /** Looks at the files of these folders. One that cannot be read says so when it is to be changed, and nothing before. */
  async look(folders: Iterable<string>): Promise<void> {
    await mapLimited([...folders], READERS, async (folder) => {
      const written = (await lookAt(notesIn(folder)))?.mtimeMs ?? 0;
      if (this.#known.get(folder)?.written === written) return;
      const notes = await readRunNotes(folder).catch(() => new Map<string, RunNote>());
      this.#known.set(folder, { written, notes });
    });
  }

  /** What was kept of a MAPS when its folder was looked at. */
  of(maps: string): RunNote {
    return this.#known.get(dirname(maps))?.notes.get(basename(maps)) ?? {};
  }

  /** Reads the file of this folder again, whenever it was written. */
  forget(folder: string): void {
    this.#known.delete(folder);
  }
}
