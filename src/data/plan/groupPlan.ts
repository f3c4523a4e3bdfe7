/** A group of images to predict: found and checked as those of an experiment, with labels where the table has them. */
import type { Experiment } from "../../experiment/experiment";
import { problem, refuse, warning } from "../../experiment/problems/makeProblem";
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { InputError, isError, type Problem } from "../../experiment/problems/problem";
import type { Images } from "../../experiment/schema/images";
import { append, collect } from "../batches/collect";
import { partNumbers } from "../parts/parts";
import { type Cohort, cohortsOfRows, isTable, placeOf, readCohorts } from "../sources/cohorts";
import type { ImagePlace } from "../sources/imageSources";
import { type HeaderProgress, locateImages } from "../sources/images";
import { planTensors } from "../sources/preparedTensors";
import { knownText } from "../tables/missing";
import { columnSpellings } from "../tables/spellings";
import { KEYS, keyProblems, missingColumns, readTable, type Table, type TableRow } from "../tables/table";
import type { DataPlan } from "./experimentData";
import { planInput } from "./inputPlan";
import { type PlannedImage, plannedImage } from "./plannedImage";
import { labelSpellings } from "./rowSpellings";
import { type ImageRow, sessionsFor, withColumns } from "./rows";
import { targetOf } from "./targets";

export interface GroupRequest {
  /** The experiment whose networks will predict. */
  readonly experiment: Experiment;
  /** CAPS folder, or a table of cohorts; "" with `images`. */
  readonly caps: string;
  /** Images that stand in no CAPS. */
  readonly images?: Images | null | undefined;
  /** TSV of participants and sessions; a TSV of `cohort`, `path` and `diagnoses` names one such for each cohort. */
  readonly tsv: string;
  /** Column of the labels: undefined for that of the training, if it is there; null for none. */
  readonly label?: string | null | undefined;
  /** Rows with these diagnoses are taken: undefined for those of the training. */
  readonly diagnoses?: readonly string[] | undefined;
  /** The table is that of a group that was kept: all of it is taken, and a labels.tsv above it adds nothing. */
  readonly kept?: boolean;
  /** People who may not be in the group. */
  readonly without?: ReadonlySet<string>;
}

export interface GroupPlan
  extends Pick<DataPlan, "input" | "tensors" | "inputSize" | "partNumbers" | "header" | "headers"> {
  readonly images: readonly PlannedImage[];
  /** Column of the labels; null without. */
  readonly label: string | null;
  readonly multiCohort: boolean;
  /** Those of the table who may not be in the group. */
  readonly without: readonly { readonly participantId: string; readonly sessionId: string }[];
  /** Where the images are, when they stand in no CAPS. */
  readonly place?: Images | undefined;
  readonly warnings: readonly Problem[];
}

/** Throws an InputError with every problem of the table and the images' headers. */
export async function planGroup(request: GroupRequest, onHeader?: HeaderProgress): Promise<GroupPlan> {
  const { experiment, tsv } = request;
  const at = placeOf(request.caps, request.images);
  const { cohorts, multiCohort } = await cohortsOf(request, at);
  const problems: Problem[] = [];
  const asked = request.label === undefined ? experiment.label : request.label;
  const wanted = request.kept ? null : asked;
  const tables = await Promise.all(
    cohorts.map(async (cohort) => ({
      cohort,
      table: await completeTable(cohort, wanted, problems).then((table) =>
        multiCohort && request.kept ? ofCohort(table, cohort) : table,
      ),
    })),
  );
  for (const { table } of tables) append(problems, [...missingColumns(table, KEYS), ...keyProblems(table)]);
  const label = labelColumn(
    request,
    tables.map(({ table }) => table),
    problems,
  );
  if (problems.some(isError)) throw new InputError(oneLineACause(problems));

  const listed = tables.flatMap(({ cohort, table }) => {
    const taken = request.kept ? table.rows : withDiagnoses(cohort, table, problems);
    return taken.map((row) => imageRow(row, cohort, table.file, label));
  });
  const mayNot = ({ participantId }: ImageRow) => request.without?.has(participantId) === true;
  const without = listed.filter(mayNot);
  const rows = listed.filter((row) => !mayNot(row));
  if (rows.length === 0 && without.length > 0) {
    throw refuse("group.everyone-known", { file: tsv }, { count: countPeople(without) });
  }
  const learned = { ...experiment, label };
  const misspelt = labelSpellings(learned, rows);
  append(problems, misspelt);
  const ofLabels: Problem[] = [];
  const targets = new Map(rows.map((row) => [row, targetOf(row, learned, experiment.label_code, ofLabels)]));
  if (misspelt.length === 0) append(problems, ofLabels);
  const { files, grid, header, headers } = await locateImages(rows, experiment, problems, onHeader);
  const masks = cohorts[0] ?? at;
  const input =
    grid === undefined ? undefined : await collect(problems, () => planInput(experiment, grid, masks));
  if (header === undefined || input === undefined || problems.some(isError))
    throw new InputError(oneLineACause(problems));
  const images = rows.map((row) => plannedImage(row, files, targets));
  return {
    input,
    tensors: await planTensors(experiment, input.cut, images, headers),
    inputSize: input.inputSize,
    partNumbers: partNumbers(input.cut),
    header,
    headers,
    images,
    label,
    multiCohort,
    without: without.map(({ participantId, sessionId }) => ({ participantId, sessionId })),
    place: at.images,
    warnings: oneLineACause(problems),
  };
}

export const countPeople = (some: readonly { readonly participantId: string }[]): number =>
  new Set(some.map(({ participantId }) => participantId)).size;

/** Several cohorts, where the table names a table of each, or is that of a group that was kept and names the cohort of each row. */
async function cohortsOf(
  { experiment, tsv, kept, ...asked }: GroupRequest,
  at: ImagePlace,
): Promise<{ readonly cohorts: readonly Cohort[]; readonly multiCohort: boolean }> {
  const diagnoses = asked.diagnoses ?? experiment.diagnoses;
  const table = await readTable(tsv);
  // A table of images has paths as well, and says of what cohort each person is.
  const namesCohorts = at.images === undefined && table.columns.includes("cohort");
  if (namesCohorts && table.columns.includes("path")) {
    const tables = {
      caps_directory: at.place,
      tsv_path: tsv,
      multi_cohort: true,
      diagnoses: [...diagnoses],
    };
    return { cohorts: await readCohorts(tables, true), multiCohort: true };
  }
  if (namesCohorts && kept && isTable(at.place))
    return { cohorts: await cohortsOfRows(at.place, table, diagnoses), multiCohort: true };
  return { cohorts: [{ name: "single", ...at, tsvFolder: tsv, diagnoses }], multiCohort: false };
}

/** The rows of a cohort in the table of a kept group, which is that of all. */
const ofCohort = (table: Table, { name }: Cohort): Table => ({
  ...table,
  rows: table.rows.filter(({ values }) => values.cohort === name),
});

/** Without labels the table stays as it is: nothing of it may depend on what a labels.tsv above it knows. */
async function completeTable(cohort: Cohort, label: string | null, problems: Problem[]): Promise<Table> {
  const table = sessionsFor(cohort, await readTable(cohort.tsvFolder));
  if (label === null || missingColumns(table, KEYS).length > 0) return table;
  return await withColumns(table, ["diagnosis", label], problems, cohort);
}

/** A column that is asked for must be there; that of the training is taken where every table has it. */
function labelColumn(
  { label, experiment }: GroupRequest,
  tables: readonly Table[],
  problems: Problem[],
): string | null {
  if (label === null) return null;
  const column = label ?? experiment.label;
  if (column === null) return null;
  const missing = tables.flatMap((table) => missingColumns(table, [column]));
  if (label !== undefined) problems.push(...missing);
  return missing.length === 0 ? column : null;
}

/** Rows with one of the diagnoses of the cohort; all of a table that tells no diagnosis. */
function withDiagnoses({ diagnoses }: Cohort, table: Table, problems: Problem[]): readonly TableRow[] {
  const known = table.columns.includes("diagnosis");
  const kept = table.rows.filter(({ values }) => !known || diagnoses.includes(values.diagnosis ?? ""));
  const left = table.rows.length - kept.length;
  const { file, rows } = table;
  const misspelt = known ? columnSpellings(table, "diagnosis", diagnoses) : [];
  problems.push(...misspelt);
  if (misspelt.length > 0) return kept;
  if (kept.length === 0) {
    problems.push(problem("group.no-row-of-diagnoses", { file }, { asked: diagnoses }));
  } else if (left > 0) {
    problems.push(warning("group.rows-left-out", { file }, { left, rows: rows.length, asked: diagnoses }));
  }
  return kept;
}

function imageRow({ line, values }: TableRow, cohort: Cohort, table: string, label: string | null): ImageRow {
  return {
    participantId: values.participant_id ?? "",
    sessionId: values.session_id ?? "",
    cohort: cohort.name,
    place: cohort.place,
    ...(cohort.images !== undefined && { images: cohort.images }),
    label: label === null ? "" : knownText(values[label]),
    diagnosis: values.diagnosis ?? "",
    table,
    line,
  };
}
