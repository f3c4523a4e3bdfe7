/** A MAPS of which only the answers are there: what `gyrus results` and the report read. */
import { mkdirSync, writeFileSync } from "node:fs";
import { writeGroup, writeTrainValidation } from "../../src/maps/folder/groups";
import { mapsPlace } from "../../src/maps/folder/place";
import { type PredictionTable, writePredictions } from "../../src/maps/tables/predictionTsv";
import { argmax } from "../../src/statistics/answer";

/** A session and what it was answered, by split: probabilities by class code, or an age alone. */
export interface AnsweredRow {
  readonly id: string;
  readonly session?: string;
  /** Class code, or age. */
  readonly truth: number;
  readonly answers: readonly (readonly number[])[];
}

export interface AnsweredMaps {
  /** A regression of the age in the place of a classification. */
  readonly ages?: boolean;
  readonly classes?: readonly string[];
  readonly metric?: string;
  /** Keys of maps.json besides. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Rows of each split's fold, answered by that split alone: `answers` has one entry. */
  readonly validation?: readonly (readonly AnsweredRow[])[];
  readonly groups?: Readonly<Record<string, readonly AnsweredRow[]>>;
}

export async function writeAnsweredMaps(maps: string, content: AnsweredMaps): Promise<void> {
  const {
    ages = false,
    classes = ages ? [] : ["AD", "CN"],
    metric = "BA",
    json = {},
    validation = [],
    groups = {},
  } = content;
  mkdirSync(maps, { recursive: true });
  const place = mapsPlace(maps);
  const label_code = Object.fromEntries(classes.map((name, code) => [name, code]));
  const facts = { num_networks: 1, input_size: [1, 8, 8, 8], output_size: ages ? 1 : classes.length };
  const label = ages ? "age" : "diagnosis";
  const experiment = {
    network_task: ages ? "regression" : "classification",
    architecture: "Conv5_FC3",
    label,
    mode: "image",
  };
  writeFileSync(
    place.mapsJson,
    JSON.stringify({ ...experiment, label_code, ...facts, gyrus_version: "0.1.0", ...json }),
  );
  const keep = async (group: string, split: number | undefined, rows: readonly AnsweredRow[]) => {
    await writeGroup(place.group(group, split), {
      rows: rows.map((row) => ({
        ...keyOf(row),
        cohort: "single",
        label: ages ? String(row.truth) : (classes[row.truth] ?? ""),
      })),
      label,
      capsDirectory: "caps",
      multiCohort: false,
    });
  };
  const predict = async (group: string, split: number, rows: readonly AnsweredRow[], of: number) => {
    const found = place.split(split).best(metric).results(group);
    mkdirSync(found.folder, { recursive: true });
    await writePredictions(
      found.predictionTsv("image"),
      "image",
      ages ? valuesOf(rows, of) : tableOf(rows, of),
    );
  };
  for (const [split, rows] of validation.entries()) {
    await keep("validation", split, rows);
    await predict("validation", split, rows, 0);
  }
  for (const [group, rows] of Object.entries(groups)) {
    await keep(group, undefined, rows);
    const splits = rows[0]?.answers.length ?? 0;
    for (let split = 0; split < splits; split++) await predict(group, split, rows, split);
  }
  await writeTrainValidation(maps, validation.flat().map(keyOf));
}

const keyOf = ({ id, session = "ses-M000" }: AnsweredRow) => ({ participantId: id, sessionId: session });

function tableOf(rows: readonly AnsweredRow[], of: number): PredictionTable {
  return {
    task: "classification",
    rows: rows.map((row) => {
      const probabilities = row.answers[of] ?? [];
      return {
        ...keyOf(row),
        part: 0,
        trueLabel: row.truth,
        predictedLabel: argmax(probabilities),
        probabilities,
      };
    }),
  };
}

const valuesOf = (rows: readonly AnsweredRow[], of: number): PredictionTable => ({
  task: "regression",
  rows: rows.map((row) => ({
    ...keyOf(row),
    part: 0,
    trueLabel: row.truth,
    predictedLabel: row.answers[of]![0]!,
  })),
});

/** So many people of two classes with the probabilities of class 0. */
export const peopleOf = (
  truth: readonly number[],
  first: readonly number[],
  prefix = "sub-",
): AnsweredRow[] =>
  truth.map((code, i) => ({
    id: `${prefix}${String(i).padStart(4, "0")}`,
    truth: code,
    answers: [[first[i]!, 1 - first[i]!]],
  }));
