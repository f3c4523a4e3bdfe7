/** Where the data stands: one CAPS with its split folder, or several of both, listed in tables. */
import { dirname, resolve } from "node:path";
import type { Experiment } from "../../experiment/experiment";
import { readImagesFile } from "../../experiment/file/imagesKey";
import { imagesPath } from "../../experiment/imagesPath";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { Images } from "../../experiment/schema/images";
import { collect, mapLimited } from "../batches/collect";
import { missingColumns, readTable, type Table } from "../tables/table";
import type { ImagePlace } from "./imageSources";

export interface Cohort extends ImagePlace {
  readonly name: string;
  /** `split` or `<k>_fold` folder. */
  readonly tsvFolder: string;
  readonly diagnoses: readonly string[];
}

type CohortRequest = Pick<Experiment, "caps_directory" | "tsv_path" | "multi_cohort" | "diagnoses"> & {
  readonly images?: Images | null;
};

/** What names the images of a cohort: a CAPS, or what `images` says. */
export const placeOf = (caps: string, images: Images | null | undefined): ImagePlace =>
  images == null ? { place: caps } : { place: imagesPath(images), images };

/** The place that a table of cohorts names: a CAPS folder, or a JSON file that says as `images` does. Throws an InputError. */
export async function placeAt(path: string): Promise<ImagePlace> {
  return path.toLowerCase().endsWith(".json") ? placeOf("", await readImagesFile(path)) : { place: path };
}

/**
 * The cohorts of an experiment; a single one is called `single`. With `multi_cohort`, `caps_directory` is a table of `cohort`
 * and `path`, `tsv_path` one of `cohort`, `path` and `diagnoses` (separated by commas); relative paths start at their table.
 * Images that stand in no CAPS have the path of a JSON file that describes them.
 * Cohorts without any of the asked diagnoses are left out. Throws an InputError with all that is wrong in the two tables.
 * @param spareCaps whether the table of `caps_directory` may hold cohorts that `tsv_path` does not name: who predicts chooses some of those
 * that there are
 */
export async function readCohorts(experiment: CohortRequest, spareCaps = false): Promise<Cohort[]> {
  const { caps_directory, tsv_path, diagnoses } = experiment;
  if (!experiment.multi_cohort) {
    const problems = [...notATable("caps_directory", caps_directory), ...notATable("tsv_path", tsv_path)];
    if (problems.length > 0) throw new InputError(problems);
    return [
      { name: "single", ...placeOf(caps_directory, experiment.images), tsvFolder: tsv_path, diagnoses },
    ];
  }

  const problems = [...noTable("caps_directory", caps_directory), ...noTable("tsv_path", tsv_path)];
  if (problems.length > 0) throw new InputError(problems);
  const capsTable = await readTable(caps_directory);
  const labelTable = await readTable(tsv_path);
  problems.push(
    ...missingColumns(capsTable, ["cohort", "path"]),
    ...missingColumns(labelTable, ["cohort", "path", "diagnoses"]),
  );
  if (problems.length > 0) throw new InputError(problems);
  problems.push(
    ...repeatedCohorts(capsTable),
    ...repeatedCohorts(labelTable),
    ...(spareCaps ? [] : inOneTableOnly(capsTable, labelTable)),
    ...inOneTableOnly(labelTable, capsTable),
    ...diagnosesNowhere(labelTable, diagnoses),
  );
  if (problems.length > 0) throw new InputError(problems);

  const path = (table: Table, value: string | undefined) => resolve(dirname(table.file), value ?? "");
  const cohorts = labelTable.rows.flatMap(({ values }) => {
    const asked = diagnosesOf(values.diagnoses).filter((diagnosis) => diagnoses.includes(diagnosis));
    const caps = capsTable.rows.find((row) => row.values.cohort === values.cohort);
    if (asked.length === 0 || caps === undefined) return [];
    return [
      {
        name: values.cohort ?? "",
        place: path(capsTable, caps.values.path),
        tsvFolder: path(labelTable, values.path),
        diagnoses: asked,
      },
    ];
  });
  const described = await mapLimited(cohorts, PARALLEL, async ({ place, ...cohort }) => {
    const at = await collect(problems, () => placeAt(place));
    return at === undefined ? [] : [{ ...cohort, ...at }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return described.flat();
}

/**
 * The cohorts of a table whose rows name theirs, as a MAPS keeps those of a group, and where the images of each are. Throws an InputError.
 * @param places table of `cohort` and `path`
 * @param table with `cohort`
 */
export async function cohortsOfRows(
  places: string,
  table: Table,
  diagnoses: readonly string[],
): Promise<Cohort[]> {
  const capsTable = await readTable(places);
  const problems = [...missingColumns(capsTable, ["cohort", "path"]), ...repeatedCohorts(capsTable)];
  if (problems.length > 0) throw new InputError(problems);
  const first = new Map(table.rows.map((row) => [row.values.cohort ?? "", row] as const).reverse());
  problems.push(...inOneTableOnly({ ...table, rows: [...first.values()] }, capsTable));
  if (problems.length > 0) throw new InputError(problems);
  const named = capsTable.rows.filter(({ values }) => first.has(values.cohort ?? ""));
  const cohorts = await mapLimited(named, PARALLEL, async ({ values }) => {
    const at = await collect(problems, () => placeAt(resolve(dirname(places), values.path ?? "")));
    return at === undefined ? [] : [{ name: values.cohort ?? "", ...at, tsvFolder: table.file, diagnoses }];
  });
  if (problems.length > 0) throw new InputError(problems);
  return cohorts.flat();
}

const PARALLEL = 8;

/** Whether a path names a table of cohorts, and no CAPS. */
export const isTable = (path: string) => /\.(?:tsv|csv)$/i.test(path);

function notATable(where: string, path: string): Problem[] {
  return isTable(path) ? [problem("cohorts.table-for-one", { file: path, where })] : [];
}

function noTable(where: string, path: string): Problem[] {
  return isTable(path) ? [] : [problem("cohorts.no-table", { file: path, where })];
}

function repeatedCohorts(table: Table): Problem[] {
  const first = new Map<string, number>();
  return table.rows.flatMap(({ line, values }): Problem[] => {
    const cohort = values.cohort ?? "";
    const earlier = first.get(cohort);
    if (earlier === undefined && cohort !== "") {
      first.set(cohort, line);
      return [];
    }
    const place = { file: table.file, where: `row ${line}` };
    return [
      cohort === ""
        ? problem("cohorts.no-name", place)
        : problem("cohorts.repeated", place, { cohort, row: earlier }),
    ];
  });
}

function inOneTableOnly(table: Table, other: Table): Problem[] {
  const known = new Set(other.rows.map(({ values }) => values.cohort));
  return table.rows
    .filter(({ values }) => values.cohort !== "" && !known.has(values.cohort))
    .map(({ line, values }) => {
      const place = { file: table.file, where: `row ${line}` };
      return problem("cohorts.in-one-table", place, { cohort: values.cohort, other: other.file });
    });
}

function diagnosesNowhere(table: Table, asked: readonly string[]): Problem[] {
  const found = new Set(table.rows.flatMap(({ values }) => diagnosesOf(values.diagnoses)));
  const missing = asked.filter((diagnosis) => !found.has(diagnosis));
  if (missing.length === 0) return [];
  const place = { file: table.file, where: "diagnoses" };
  return [problem("cohorts.no-diagnosis", place, { missing, found: [...found].sort() })];
}

function diagnosesOf(cell: string | undefined): string[] {
  return (cell ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
