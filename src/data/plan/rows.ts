/** Rows of the tables that name the images of a set: read, filtered by diagnosis, with their label. */

import { dirname } from "node:path";
import { problem, warning } from "../../experiment/problems/makeProblem";
import { all, phrase } from "../../experiment/problems/phrases";
import type { Problem } from "../../experiment/problems/problem";
import type { LeftOutReason } from "../../statistics/dataFlow";
import type { ImagePlace } from "../sources/imageSources";
import { differenceWords } from "../tables/idSpelling";
import { knownText } from "../tables/missing";
import { withSessions } from "../tables/onlySession";
import { misspelt, sessionName, sessionSpellings } from "../tables/sessionIds";
import { plainSpelling } from "../tables/spellings";
import {
  joinColumns,
  KEYS,
  keyProblems,
  missingColumns,
  readTable,
  type Table,
  type TableRow,
  tableNamed,
} from "../tables/table";

/** One image that a table asks for. */
export interface ImageRow extends ImagePlace {
  readonly participantId: string;
  readonly sessionId: string;
  /** Name of its cohort, `single` when there is one only. */
  readonly cohort: string;
  /** Text of the label column, "" without label. */
  readonly label: string;
  readonly diagnosis: string;
  /** Where it stands, for messages. */
  readonly table: string;
  readonly line: number;
}

/** A row that a table holds and no set takes. */
export interface LeftOutRow extends ImageRow {
  readonly reason: LeftOutReason;
}

export interface RowRequest extends ImagePlace {
  readonly cohort: string;
  readonly diagnoses: readonly string[];
  readonly label: string | null;
}

/** What was read, with all that is wrong in it. */
export interface RowsRead {
  readonly rows: readonly ImageRow[];
  readonly leftOut: readonly LeftOutRow[];
  /** All that the table holds, asked or not. */
  readonly diagnoses: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * The rows of `file` with one of the asked diagnoses. Columns that it lacks (diagnosis, label) are taken from the nearest
 * `labels.tsv` above it, as ClinicaDL does. Throws an InputError when the file cannot be read.
 */
export async function readRows(file: string, request: RowRequest): Promise<RowsRead> {
  const own = sessionsFor(request, await readTable(file));
  const wanted = new Set(["diagnosis", ...(request.label === null ? [] : [request.label])]);
  const keysMissing = missingColumns(own, KEYS);
  if (keysMissing.length > 0) return { ...NOTHING, problems: keysMissing };
  const problems = keyProblems(own);
  const table = await withColumns(own, [...wanted], problems, request);
  const absent = [...wanted].flatMap((column) =>
    missingColumns(table, [column]).map((problem) =>
      column === request.label ? withOtherColumns(problem, table) : problem,
    ),
  );
  if (absent.length > 0) return { ...NOTHING, problems: [...problems, ...absent] };

  const asRow = ({ line, values }: TableRow): ImageRow => ({
    participantId: values.participant_id ?? "",
    sessionId: values.session_id ?? "",
    cohort: request.cohort,
    place: request.place,
    ...(request.images !== undefined && { images: request.images }),
    label: request.label === null ? "" : knownText(values[request.label]),
    diagnosis: values.diagnosis ?? "",
    table: file,
    line,
  });
  const rows: ImageRow[] = [];
  const leftOut: LeftOutRow[] = rowsWithout(own, table).map((row) => ({
    ...asRow(row),
    reason: "not-in-labels",
  }));
  for (const row of table.rows.map(asRow)) {
    if (request.diagnoses.includes(row.diagnosis)) rows.push(row);
    else {
      const reason = knownText(row.diagnosis) === "" ? "no-diagnosis" : "other-diagnosis";
      leftOut.push({ ...row, reason });
    }
  }
  const diagnoses = diagnosesIn(table);
  // Those that differ by their spelling alone are told of with the others of the experiment.
  const asked = new Set(request.diagnoses.map(plainSpelling));
  const misspelt = diagnoses.some((diagnosis) => asked.has(plainSpelling(diagnosis)));
  if (rows.length === 0 && !misspelt) problems.push(noRowLeft(table, diagnoses, request.diagnoses));
  return { rows, leftOut, diagnoses, problems };
}

/** In a CAPS every image has a session, and a table that names none has lost them. */
export const sessionsFor = ({ images }: Pick<ImagePlace, "images">, table: Table): Table =>
  images === undefined ? table : withSessions(table);

const NOTHING = { rows: [], leftOut: [], diagnoses: [] } as const;

/** Rows of `table` that did not come into `joined`. */
function rowsWithout(table: Table, joined: Table): readonly TableRow[] {
  const kept = new Set(joined.rows.map(({ line }) => line));
  return table.rows.filter(({ line }) => !kept.has(line));
}

/** The label may be another column of the table. */
function withOtherColumns(problem: Problem, { columns }: Table): Problem {
  const others = columns.filter((column) => !KEYS.some((key) => key === column));
  return { ...problem, key: "label", instead: { values: others } };
}

const diagnosesIn = ({ rows }: Table) =>
  [...new Set(rows.map(({ values }) => knownText(values.diagnosis)))].filter((name) => name !== "");

function noRowLeft(table: Table, found: readonly string[], asked: readonly string[]): Problem {
  const { file, rows } = table;
  if (rows.length === 0) return problem("table.no-rows", { file });
  const there = found.length === 0 ? phrase("none") : found;
  return problem("table.no-row-of-diagnoses", { file }, { asked, found: there });
}

/** The table with those of `columns` that it lacks and the nearest labels.tsv has, as `joinLabels` adds them. */
export async function withColumns(
  table: Table,
  columns: readonly string[],
  problems: Problem[],
  place: Pick<ImagePlace, "images">,
): Promise<Table> {
  const absent = [...new Set(columns)].filter((column) => !table.columns.includes(column));
  const labels = absent.length === 0 ? undefined : await nearestLabels(table, place);
  if (labels === undefined) return table;
  return joinLabels(
    table,
    labels,
    absent.filter((column) => labels.columns.includes(column)),
    problems,
  );
}

/**
 * Adds `columns` of `labels`. Rows that it does not know fall away, as in ClinicaDL, which is said in `problems`; when it knows
 * none of them it is about others, and the table stays as it is.
 */
export function joinLabels(
  table: Table,
  labels: Table,
  columns: readonly string[],
  problems: Problem[],
): Table {
  const joined = joinColumns(table, labels, columns);
  if (columns.length > 0) problems.push(...spellingOfIds(table, labels, columns));
  if (columns.length === 0 || joined.rows.length === 0) return table;
  const left = rowsWithout(table, joined);
  if (left.length > 0) {
    const names = left.map(({ values }) => KEYS.map((key) => values[key]).join(" "));
    const some = names.length > 5 ? [...names.slice(0, 5), "..."] : names;
    problems.push(
      warning(
        "table.rows-left-out",
        { file: table.file },
        {
          left: left.length,
          rows: table.rows.length,
          labels: labels.file,
          columns: all(columns),
          names: some,
        },
      ),
    );
  }
  return joined;
}

/** Sessions that the labels hold under other spellings of their ids: who reads the tables should know why they do not meet. */
function spellingOfIds(table: Table, labels: Table, columns: readonly string[]): Problem[] {
  const ids = ({ rows }: Table) =>
    rows.map(({ values }) => ({
      participantId: values.participant_id ?? "",
      sessionId: values.session_id ?? "",
    }));
  return misspelt(ids(table), sessionSpellings(ids(labels))).map(
    ({ differences, pairs: [pair, ...others] }) => {
      const [here, there] = pair === undefined ? ["", ""] : [sessionName(pair.here), sessionName(pair.there)];
      const counts = { count: others.length + 1, all: table.rows.length, other: labels.file };
      const values = {
        ...counts,
        here,
        there,
        difference: differenceWords(differences),
        columns: all(columns),
      };
      return warning("ids.otherwise-in-labels", { file: table.file }, values);
    },
  );
}

/** Folders above a table that are searched for labels.tsv: enough for `split/5_fold/split-0`. */
const LEVELS = 5;

/** The first `labels` table with participants and sessions in the folder of a table or above it. */
export async function nearestLabels(
  { file }: Table,
  place: Pick<ImagePlace, "images"> = {},
): Promise<Table | undefined> {
  let folder = dirname(file);
  for (let level = 0; level < LEVELS; level++) {
    const labels = await tableNamed(folder, "labels");
    if (labels !== undefined && labels !== file) {
      const table = sessionsFor(place, await readTable(labels));
      // A table of cohorts may have this name too.
      if (missingColumns(table, KEYS).length === 0) return table;
    }
    folder = dirname(folder);
  }
  return undefined;
}
