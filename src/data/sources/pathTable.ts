/** Looks up images in a table of paths: they may stand in any folder, on any disk. */
import { dirname, join, resolve } from "node:path";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { ImagesOf } from "../../experiment/schema/images";
import { collect } from "../batches/collect";
import { voxelFileOf } from "../nifti/niftiPair";
import { withIds } from "../splits/studyTable";
import { knownText } from "../tables/missing";
import { keyProblems, missingColumns, readTable, type Table } from "../tables/table";
import { type ImageSource, MASKS, type Session } from "./imageSource";

const EXAMPLES = 3;

export function openPathTable({ table: file, path_column: column }: ImagesOf<"table">): ImageSource {
  let opened: Promise<PathTable> | undefined;
  const open = () => {
    opened ??= readPaths(file, column);
    return opened;
  };
  return {
    place: file,
    key: "images",
    problems: async () => {
      const problems: Problem[] = [];
      await collect(problems, open);
      return problems.map((problem) => ({ ...problem, key: "images" }));
    },
    describe: () => column,
    find: async (session) => (await open()).paths.get(keyOf(session)) ?? [],
    // It names each file itself.
    others: async () => [],
    sessions: async () => (await open()).sessions,
    deciding: () => ({ by: "rows" }),
    examples: async () => [...(await open()).paths.values()].flat().slice(0, EXAMPLES),
    masks: (template) => join(dirname(file), MASKS, ...(template === "" ? [] : [`tpl-${template}`])),
  };
}

interface PathTable {
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly sessions: Session[];
}

/** Throws an InputError for a table that cannot be read or lacks a column. */
async function readPaths(file: string, column: string): Promise<PathTable> {
  const { table } = withIds(await readTable(file));
  const problems = [...missingColumns(table, [column]), ...keyFaults(table)];
  if (problems.length > 0) throw new InputError(problems);
  const paths = new Map<string, string[]>();
  const sessions = new Map<string, Session>();
  for (const { values } of table.rows) {
    const path = knownText(values[column]);
    const session = { participantId: values.participant_id ?? "", sessionId: values.session_id ?? "" };
    if (path === "") continue;
    const key = keyOf(session);
    const known = paths.get(key) ?? [];
    const image = voxelFileOf(resolve(dirname(file), path));
    if (!known.includes(image)) known.push(image);
    paths.set(key, known);
    sessions.set(key, session);
  }
  return { paths, sessions: [...sessions.keys()].sort().map((key) => sessions.get(key)!) };
}

/** Rows of one session may name several images, which is told of where the session is asked for. */
const keyFaults = (table: Table) => keyProblems(table).filter(({ code }) => code !== "table.row-repeated");

const keyOf = ({ participantId, sessionId }: Session) => `${participantId}\t${sessionId}`;
