/** Where the data stands: one CAPS with its split folder, or several of both, listed in tables. */
import { dirname, resolve } from "node:path";
import type { Experiment } from "../../experiment/experiment";
import { InputError, type Problem } from "../../experiment/problem";
import { missingColumns, readTable, type Table } from "../tables/table";

export interface Cohort {
  readonly name: string;
  readonly caps: string;
  /** `split` or `<k>_fold` folder. */
  readonly tsvFolder: string;
  readonly diagnoses: readonly string[];
}

type CohortRequest = Pick<Experiment, "caps_directory" | "tsv_path" | "multi_cohort" | "diagnoses">;

/**
 * The cohorts of an experiment; a single one is called `single`. With `multi_cohort`, `caps_directory` is a TSV of `cohort`
 * and `path`, `tsv_path` one of `cohort`, `path` and `diagnoses` (separated by commas); relative paths start at their table.
 * Cohorts without any of the asked diagnoses are left out. Throws an InputError with all that is wrong in the two tables.
 */
export async function readCohorts(experiment: CohortRequest): Promise<Cohort[]> {
  const { caps_directory, tsv_path, diagnoses } = experiment;
  if (!experiment.multi_cohort) {
    const problems = [...notATable("caps_directory", caps_directory), ...notATable("tsv_path", tsv_path)];
    if (problems.length > 0) throw new InputError(problems);
    return [{ name: "single", caps: caps_directory, tsvFolder: tsv_path, diagnoses }];
  }

  const problems = [...isTable("caps_directory", caps_directory), ...isTable("tsv_path", tsv_path)];
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
    ...inOneTableOnly(capsTable, labelTable),
    ...inOneTableOnly(labelTable, capsTable),
    ...diagnosesNowhere(labelTable, diagnoses),
  );
  if (problems.length > 0) throw new InputError(problems);

  const path = (table: Table, value: string | undefined) => resolve(dirname(table.file), value ?? "");
  return labelTable.rows.flatMap(({ values }) => {
    const asked = diagnosesOf(values.diagnoses).filter((diagnosis) => diagnoses.includes(diagnosis));
    const caps = capsTable.rows.find((row) => row.values.cohort === values.cohort);
    if (asked.length === 0 || caps === undefined) return [];
    return [
      {
        name: values.cohort ?? "",
        caps: path(capsTable, caps.values.path),
        tsvFolder: path(labelTable, values.path),
        diagnoses: asked,
      },
    ];
  });
}

const isTsv = (path: string) => path.toLowerCase().endsWith(".tsv");

function notATable(where: string, path: string): Problem[] {
  if (!isTsv(path)) return [];
  return [
    {
      severity: "error",
      file: path,
      where,
      message: "This is a table, but one cohort is asked.",
      remedy: 'Give a folder, or set "multi_cohort" to true for a table of cohorts.',
    },
  ];
}

function isTable(where: string, path: string): Problem[] {
  if (isTsv(path)) return [];
  return [
    {
      severity: "error",
      file: path,
      where,
      message: "With `multi_cohort` this must be a TSV that lists the cohorts.",
      remedy: 'Give such a table, or set "multi_cohort" to false.',
    },
  ];
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
    return [
      {
        severity: "error",
        file: table.file,
        where: `row ${line}`,
        message:
          cohort === ""
            ? "The row names no cohort."
            : `The cohort "${cohort}" stands already in row ${earlier}.`,
        remedy: "Give each cohort one row.",
      },
    ];
  });
}

function inOneTableOnly(table: Table, other: Table): Problem[] {
  const known = new Set(other.rows.map(({ values }) => values.cohort));
  return table.rows
    .filter(({ values }) => values.cohort !== "" && !known.has(values.cohort))
    .map(({ line, values }) => ({
      severity: "error",
      file: table.file,
      where: `row ${line}`,
      message: `The cohort "${values.cohort}" is not in ${other.file}.`,
      remedy: "Add it there, or remove it here.",
    }));
}

function diagnosesNowhere(table: Table, asked: readonly string[]): Problem[] {
  const found = new Set(table.rows.flatMap(({ values }) => diagnosesOf(values.diagnoses)));
  const missing = asked.filter((diagnosis) => !found.has(diagnosis));
  if (missing.length === 0) return [];
  return [
    {
      severity: "error",
      file: table.file,
      where: "diagnoses",
      message: `No cohort offers ${missing.join(", ")}; the cohorts offer ${[...found].sort().join(", ")}.`,
      remedy: "Change `diagnoses` of the experiment, or of the table.",
    },
  ];
}

function diagnosesOf(cell: string | undefined): string[] {
  return (cell ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
