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
import { type MissingWords, missingWords } from "./missingWords";
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
  for (const source of new Set(found.map((lookup) => lookup.source))) {
    const lookups = found.filter((lookup) => lookup.source === source);
    const absent = lookups.filter(({ hits }) => hits.length === 0);
    const others = await mapLimited(absent, PARALLEL, (lookup) => otherImage(lookup, preprocessing));
    append(
      problems,
      others.filter((other) => other !== undefined),
    );
    const missing = absent.filter((_, i) => others[i] === undefined);
    if (missing.length === 0) continue;
    const present = await source.sessions();
    const words = missingWords(source, pipeline, await source.examples());
    append(problems, missingProblems({ lookups, missing, present, words }));
  }
  return [...problems, ...found.filter(({ hits }) => hits.length > 1).map(severalProblem)];
}

interface Missing {
  readonly lookups: readonly Lookup[];
  readonly missing: readonly Lookup[];
  /** Sessions that the place holds. */
  readonly present: readonly Session[];
  readonly words: MissingWords;
}

function missingProblems({ lookups, missing, present, words }: Missing): Problem[] {
  const meant = sessionSpellings(present);
  const kinds = missing.map((lookup) => ({ lookup, there: meant(lookup.row) }));
  const withFolder = kinds.filter(({ there }) => there?.differences.length === 0).map(({ lookup }) => lookup);
  const strangers = kinds.filter(({ there }) => there === null).map(({ lookup }) => lookup);
  const [row, folder] = [missing[0]?.row, present[0]];
  if (row === undefined || folder === undefined) return [noneFound(missing, words)];
  const place = { file: row.table };
  const sessions = lookups.length;
  if (strangers.length === lookups.length && lookups.length > 1) {
    return [words.noneMeet(place, { sessions, here: sessionName(row), there: sessionName(folder) })];
  }
  const names = some(strangers.map((lookup) => imageName(lookup.row)));
  return [
    ...misspeltProblems(place, sessions, { missing, meant, words }),
    ...(strangers.length === 0 ? [] : [words.strangers(place, strangers.length, sessions, names)]),
    ...(withFolder.length === lookups.length && lookups.length > 1
      ? [noneFound(withFolder, words)]
      : withFolder.map(({ row: own, tables, pattern }) =>
          words.one(placeOf(own), imageName(own), pattern, tables),
        )),
  ];
}

/** One a cause, with the ids as the table has them and as the folders are named. */
function misspeltProblems(
  place: { readonly file: string },
  sessions: number,
  {
    missing,
    meant,
    words,
  }: Pick<Missing, "missing" | "words"> & { readonly meant: (session: Session) => MeantSession | null },
): Problem[] {
  const rows = missing.map(({ row }) => row);
  return misspelt(rows, meant).map(({ differences, pairs: [pair, ...others] }) => {
    const [here, there] = pair === undefined ? ["", ""] : [sessionName(pair.here), sessionName(pair.there)];
    const names = some(others.map((other) => sessionName(other.here)));
    const difference = differenceWords(differences);
    return words.misspelt(place, { count: others.length + 1, sessions, here, there, difference, names });
  });
}

const placeOf = ({ table, line }: ImageRow) => ({ file: table, where: `row ${line}` });

/** When nothing is found the pattern is to blame, not each participant. */
function noneFound(lookups: readonly Lookup[], words: MissingWords): Problem {
  const pattern = [...new Set(lookups.map((lookup) => lookup.pattern))].join(", ");
  return words.none(lookups.length, pattern);
}

/** Several files of one session, and what would tell them apart. */
function severalProblem({ row, hits, pattern, source }: Lookup): Problem {
  const values = { session: imageName(row), count: hits.length, files: hits };
  const deciding = source.deciding(hits);
  switch (deciding?.by) {
    case undefined:
      return problem("image.ambiguous", placeOf(row), { ...values, pattern });
    case "rows":
      return problem("image.rows", placeOf(row), { ...values, place: source.place });
    case "entities":
      return problem(
        "image.undecided",
        { ...placeOf(row), key: "images" },
        { ...values, entities: deciding.entities },
      );
  }
}
