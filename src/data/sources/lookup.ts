/** What came of looking for the images of sessions, and why some were not found. */
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import { append, mapLimited } from "../batches/collect";
import type { ImageRow } from "../plan/rows";
import { differenceWords } from "../tables/idSpelling";
import { type MeantSession, misspelt, sessionName, sessionSpellings } from "../tables/sessionIds";
import type { ImageSource, Session } from "./imageSource";
import { imageName } from "./nameImage";
import { otherImage } from "./otherImages";

/** A session where it stands first, and how many tables hold it: of several splits, most do. */
export interface SessionRow {
  readonly row: ImageRow;
  readonly tables: number;
}

export interface Lookup extends SessionRow {
  readonly source: ImageSource;
  readonly hits: readonly string[];
  /** Which images were looked for. */
  readonly pattern: string;
}

/** Searches of folders at once. */
const PARALLEL = 32;

/** Where an image is missing: ids that do not meet the folders, and images in other formats, come before the pipeline, which is not to blame. */
export async function lookupProblems(
  found: readonly Lookup[],
  preprocessing: Preprocessing,
): Promise<Problem[]> {
  const pipeline = preprocessing.file_type?.needed_pipeline ?? preprocessing.preprocessing;
  const problems: Problem[] = [];
  for (const caps of new Set(found.map(({ row }) => row.caps))) {
    const lookups = found.filter(({ row }) => row.caps === caps);
    const [first] = lookups;
    const absent = lookups.filter(({ hits }) => hits.length === 0);
    const others = await mapLimited(absent, PARALLEL, (lookup) => otherImage(lookup, preprocessing));
    append(
      problems,
      others.filter((other) => other !== undefined),
    );
    const missing = absent.filter((_, i) => others[i] === undefined);
    if (first === undefined || missing.length === 0) continue;
    const present = await first.source.sessions(caps);
    append(problems, missingProblems(caps, { lookups, missing, present, pipeline }));
  }
  const ambiguous = found.filter(({ hits }) => hits.length > 1);
  return [
    ...problems,
    ...ambiguous.map(({ row, hits, pattern }) => {
      const values = { session: imageName(row), count: hits.length, pattern, files: hits };
      return problem("image.ambiguous", placeOf(row), values);
    }),
  ];
}

interface Missing {
  readonly lookups: readonly Lookup[];
  readonly missing: readonly Lookup[];
  /** Sessions that the folder holds. */
  readonly present: readonly Session[];
  readonly pipeline: string;
}

function missingProblems(caps: string, { lookups, missing, present, pipeline }: Missing): Problem[] {
  const meant = sessionSpellings(present);
  const kinds = missing.map((lookup) => ({ lookup, there: meant(lookup.row) }));
  const withFolder = kinds.filter(({ there }) => there?.differences.length === 0).map(({ lookup }) => lookup);
  const strangers = kinds.filter(({ there }) => there === null).map(({ lookup }) => lookup);
  const [row, folder] = [missing[0]?.row, present[0]];
  if (row === undefined || folder === undefined) return [noneFound(caps, missing)];
  const file = row.table;
  const sessions = lookups.length;
  if (strangers.length === lookups.length && lookups.length > 1) {
    const examples = { here: sessionName(row), there: sessionName(folder) };
    return [problem("ids.none-in-caps", { file }, { sessions, caps, ...examples })];
  }
  const names = some(strangers.map((lookup) => imageName(lookup.row)));
  return [
    ...misspeltProblems(caps, { file, sessions }, missing, meant),
    ...(strangers.length === 0
      ? []
      : [problem("ids.no-folder", { file }, { count: strangers.length, sessions, caps, names, pipeline })]),
    ...(withFolder.length === lookups.length && lookups.length > 1
      ? [noneFound(caps, withFolder)]
      : withFolder.map((lookup) => imageMissing(lookup, pipeline))),
  ];
}

/** One a cause, with the ids as the table has them and as the folders are named. */
function misspeltProblems(
  caps: string,
  { file, sessions }: { readonly file: string; readonly sessions: number },
  missing: readonly Lookup[],
  meant: (session: Session) => MeantSession | null,
): Problem[] {
  const rows = missing.map(({ row }) => row);
  return misspelt(rows, meant).map(({ differences, pairs: [pair, ...others] }) => {
    const [here, there] = pair === undefined ? ["", ""] : [sessionName(pair.here), sessionName(pair.there)];
    const names = some(others.map((other) => sessionName(other.here)));
    const difference = differenceWords(differences);
    const values = { count: others.length + 1, sessions, caps, here, there, difference, names };
    return problem("ids.not-in-caps", { file }, values);
  });
}

function imageMissing({ row, tables, pattern }: Lookup, pipeline: string): Problem {
  const values = { session: imageName(row), pattern, caps: row.caps, pipeline };
  return tables === 1
    ? problem("image.missing", placeOf(row), values)
    : problem("image.missing-in-tables", placeOf(row), { ...values, tables });
}

const placeOf = ({ table, line }: ImageRow) => ({ file: table, where: `row ${line}` });

/** When nothing is found the pattern is to blame, not each participant. */
function noneFound(caps: string, lookups: readonly Lookup[]): Problem {
  const pattern = [...new Set(lookups.map((lookup) => lookup.pattern))].join(", ");
  const place = { file: caps, where: "preprocessing_dict" };
  return problem("images.none", place, { sessions: lookups.length, pattern });
}
