/** Whom the groups of a MAPS hold, by its tables: each is read when it is first asked for, and once. */
import { readingProblems } from "../../experiment/file/fileProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { isSplitGroup } from "../../experiment/splitGroups";
import { type DataGroup, readGroup, readTrainValidation, type Session } from "../../maps/folder/groups";
import type { MapsPlace } from "../../maps/folder/place";

export interface GroupTable extends DataGroup {
  /** Null for a group with one table. */
  readonly split: number | null;
  readonly file: string;
}

export class GroupTables {
  readonly #place: MapsPlace;
  readonly #splits: readonly number[];
  readonly #read = new Map<string, Promise<DataGroup>>();
  #seen: Promise<readonly Session[] | null> | undefined;

  constructor(place: MapsPlace, splits: readonly number[]) {
    this.#place = place;
    this.#splits = splits;
  }

  /** Throws an InputError where it is not there or cannot be read. */
  async table(group: string, split: number | null): Promise<GroupTable> {
    const found = this.#place.group(group, split ?? undefined);
    const file = found.dataTsv;
    const reading = this.#read.get(file) ?? readGroup(found);
    this.#read.set(file, reading);
    return { ...(await reading), split, file };
  }

  /** The tables of a group: of each split where it has them. What cannot be read is left out, and among `problems`. */
  async of(group: string, problems: Problem[] = []): Promise<readonly GroupTable[]> {
    const asked = isSplitGroup(group) ? this.#splits : [null];
    const tables = asked.map(async (split) => {
      try {
        return [await this.table(group, split)];
      } catch (error) {
        problems.push(...problemsIn(error, this.#place.group(group, split ?? undefined).dataTsv));
        return [];
      }
    });
    return (await Promise.all(tables)).flat();
  }

  /** Whom the networks may have seen; null where the MAPS does not say it. */
  seen(): Promise<readonly Session[] | null> {
    this.#seen ??= readTrainValidation(this.#place.folder).catch(() => null);
    return this.#seen;
  }
}

/** What to say of an error while `file` was read. */
export const problemsIn = (error: unknown, file: string): readonly Problem[] =>
  error instanceof InputError ? error.problems : readingProblems(error, file);
