/**
 * All that an experiment reads, found and checked before anything long starts: tables, labels, image files, sizes. Every
 * problem is reported at once.
 */

import type { Experiment } from "../../experiment/experiment";
import { classNames, type LabelCode } from "../../experiment/labelCode";
import { problem, warning } from "../../experiment/problems/makeProblem";
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { otherLists } from "../../experiment/problems/otherLists";
import { InputError, isError, type Problem } from "../../experiment/problems/problem";
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import { experimentSchema } from "../../experiment/schema/schema";
import { splitNumbers } from "../../experiment/splitNumbers";
import { splitProblems } from "../../experiment/taskChecks";
import { nearestName } from "../../network/nearestName";
import type { SplitFlow } from "../../statistics/dataFlow";
import { append, collect } from "../batches/collect";
import type { InputSettings } from "../batches/networkInput";
import type { NiftiHeader } from "../nifti/niftiHeader";
import { partNumbers } from "../parts/parts";
import { type Cohort, placeOf, readCohorts } from "../sources/cohorts";
import { openSource } from "../sources/imageSources";
import { type HeaderProgress, imageKey, locateImages } from "../sources/images";
import { planTensors } from "../sources/preparedTensors";
import { plainSpelling } from "../tables/spellings";
import { splitFlow } from "./flow";
import { planInput } from "./inputPlan";
import { type PlannedImage, plannedImage } from "./plannedImage";
import { diagnosisSpellings, labelSpellings } from "./rowSpellings";
import type { ImageRow } from "./rows";
import { folderProblems, readSplit, type SplitRows } from "./splits";
import { classProblems, planLabelCode, targetOf } from "./targets";

export interface SplitPlan {
  readonly split: number;
  /** In the order of the tables. */
  readonly train: readonly PlannedImage[];
  readonly validation: readonly PlannedImage[];
  /** The fold that nobody sees, where there is an inner validation set: `validation` then comes from the training table. */
  readonly outer?: readonly PlannedImage[];
  /** Who is in them, and who was left out. */
  readonly flow: SplitFlow;
}

/** All images of a split, whatever they are for. */
export const imagesOf = ({
  train,
  validation,
  outer = [],
}: Pick<SplitPlan, "train" | "validation" | "outer">): readonly PlannedImage[] => [
  ...train,
  ...validation,
  ...outer,
];

export interface DataPlan {
  /** How an image becomes inputs of the network. */
  readonly input: InputSettings;
  /** The parts are read from tensors that prepare-data saved as this says; null when they are cut from the images. */
  readonly tensors: Preprocessing | null;
  /** [channels, ...spatial] of one input. */
  readonly inputSize: readonly number[];
  /** Numbers of the parts that an image gives: [0] in image mode, absolute slice numbers. */
  readonly partNumbers: readonly number[];
  /** Null outside classification. */
  readonly labelCode: LabelCode | null;
  /** Class names by code; empty outside classification. */
  readonly classes: readonly string[];
  /** Of the first image. */
  readonly header: NiftiHeader;
  /** Of each image, by its file. */
  readonly headers: ReadonlyMap<string, NiftiHeader>;
  readonly splits: readonly SplitPlan[];
  readonly warnings: readonly Problem[];
}

/** Plans the splits that `experiment` trains. Throws an InputError with every problem of every table and image. */
export const planData = async (experiment: Experiment, onHeader?: HeaderProgress): Promise<DataPlan> =>
  soundPlan(await surveyData(experiment, onHeader));

/** The plan of a survey without an error. Throws an InputError with all its problems otherwise. */
export function soundPlan({ plan, problems }: DataSurvey): DataPlan {
  if (plan === null || problems.some(isError)) throw new InputError(problems);
  return plan;
}

export interface DataSurvey {
  /** Null when there is nothing to look at. */
  readonly plan: DataPlan | null;
  readonly problems: readonly Problem[];
}

/** What can be planned in spite of problems, for people who look: images that were not found are left out. */
export async function surveyData(experiment: Experiment, onHeader?: HeaderProgress): Promise<DataSurvey> {
  const survey = await surveyRows(experiment, onHeader);
  const problems = oneLineACause(survey.problems);
  const warnings = problems.filter((problem) => !isError(problem));
  return { plan: survey.plan === null ? null : { ...survey.plan, warnings }, problems };
}

interface RowSurvey {
  readonly plan: Omit<DataPlan, "warnings"> | null;
  /** One for each row and image. */
  readonly problems: readonly Problem[];
}

async function surveyRows(experiment: Experiment, onHeader?: HeaderProgress): Promise<RowSurvey> {
  const problems: Problem[] = splitProblems(experiment);
  const cohorts = await collect(problems, () => readCohorts(experiment));
  if (cohorts !== undefined) problems.push(...(await folderProblems(cohorts, experiment)));
  for (const cohort of cohorts ?? []) problems.push(...(await openSource(cohort).problems()));
  if (cohorts === undefined || problems.some(isError)) return { plan: null, problems };

  const splits: SplitRows[] = [];
  for (const split of splitNumbers(experiment)) {
    splits.push(await readSplit(cohorts, split, experiment, problems));
  }
  const rows = splits.flatMap(({ train, validation, outer = [] }) => [...train, ...validation, ...outer]);
  problems.push(...missingDiagnoses(experiment, rows, splits), ...diagnosisSpellings(experiment, splits));

  const misspelt = labelSpellings(experiment, rows);
  problems.push(...misspelt);
  // What comes of labels that are spelt in several ways, or are no classes, says nothing new.
  const ofLabels: Problem[] = [];
  const labelCode = planLabelCode(experiment, splits, ofLabels);
  const targets = new Map(rows.map((row) => [row, targetOf(row, experiment, labelCode, ofLabels)]));
  const values = ofLabels.filter((found) => found.code === "label.is-a-number" && isError(found));
  if (labelCode !== null) {
    const codesOf = (some: readonly ImageRow[]) => new Set(some.map((row) => targets.get(row) ?? Number.NaN));
    ofLabels.push(...classProblems(splits, labelCode, codesOf));
  }
  if (misspelt.length === 0) append(problems, values.length > 0 ? values : ofLabels);

  const { files, grid, header, headers } = await locateImages(rows, experiment, problems, onHeader);
  problems.push(...foreignMasks(experiment, cohorts));
  const masks = cohorts[0] ?? placeOf(experiment.caps_directory, experiment.images);
  const input =
    grid === undefined ? undefined : await collect(problems, () => planInput(experiment, grid, masks));
  if (header === undefined || input === undefined) return { plan: null, problems };

  const found = (row: ImageRow) => files.has(imageKey(row));
  const planned = (row: ImageRow) => plannedImage(row, files, targets);
  const classes = labelCode === null ? [] : classNames(labelCode);
  const sets = splits.map((rowsOf) => ({
    split: rowsOf.split,
    train: rowsOf.train.filter(found).map(planned),
    validation: rowsOf.validation.filter(found).map(planned),
    ...(rowsOf.outer !== undefined && { outer: rowsOf.outer.filter(found).map(planned) }),
    flow: splitFlow(rowsOf, found, { classes, targets }),
  }));
  const images = sets.flatMap(imagesOf);
  problems.push(...largeBatch(experiment, sets, partNumbers(input.cut).length));
  const tensors = await collect(problems, () => planTensors(experiment, input.cut, images, headers));
  if (tensors === undefined) return { plan: null, problems };
  const plan = {
    input,
    tensors,
    inputSize: input.inputSize,
    partNumbers: partNumbers(input.cut),
    labelCode,
    classes,
    header,
    headers,
    splits: sets,
  };
  return { plan, problems };
}

const USUAL_BATCH = experimentSchema.shape.batch_size.parse(undefined);

/** A batch that no set fills makes one update an epoch: worth a word where somebody has asked for it. */
function largeBatch(
  { batch_size: batch, tsv_path: file, multi_network }: Experiment,
  splits: readonly Pick<SplitPlan, "split" | "train">[],
  parts: number,
): Problem[] {
  const [smallest] = splits
    .map(({ split, train }) => ({ split, samples: train.length * (multi_network ? 1 : parts) }))
    .sort((a, b) => a.samples - b.samples);
  if (smallest === undefined || smallest.samples === 0 || smallest.samples >= batch || batch <= USUAL_BATCH)
    return [];
  return [warning("batch-size.above-set", { file, where: "batch_size" }, { batch, ...smallest })];
}

/** A diagnosis that is asked and stands in no table: fatal when it is a class, worth knowing otherwise. */
function missingDiagnoses(
  { label, network_task, diagnoses, tsv_path }: Experiment,
  rows: readonly ImageRow[],
  splits: readonly SplitRows[],
): Problem[] {
  const found = new Set(rows.map(({ diagnosis }) => diagnosis));
  const offered = new Set(splits.flatMap(({ diagnoses }) => [...diagnoses]));
  const spelt = new Set([...offered].map(plainSpelling));
  const isClass = network_task === "classification" && label === "diagnosis";
  if (rows.length === 0) return [];
  return diagnoses
    .filter((diagnosis) => !found.has(diagnosis) && !spelt.has(plainSpelling(diagnosis)))
    .map((diagnosis) => {
      const there = [...offered].sort();
      const place = {
        file: tsv_path,
        where: "diagnoses",
        instead: { values: otherLists(diagnoses, diagnosis, nearestFirst(diagnosis, there)) },
      };
      const values = { diagnosis, offered: there };
      return isClass
        ? problem("diagnoses.no-row", place, values)
        : warning("diagnoses.no-row", place, values);
    });
}

function nearestFirst(name: string, names: readonly string[]): readonly string[] {
  const nearest = nearestName(name, names);
  return nearest === undefined ? names : [nearest, ...names.filter((other) => other !== nearest)];
}

/** With several cohorts the masks are those of the first, as in ClinicaDL. */
function foreignMasks({ preprocessing_dict }: Experiment, cohorts: readonly Cohort[]): Problem[] {
  const [first, ...others] = cohorts;
  if (preprocessing_dict.mode !== "roi" || first === undefined || others.length === 0) return [];
  const place = { file: first.place, where: "preprocessing_dict.roi_list" };
  return [warning("regions.foreign-masks", place, { cohort: first.name })];
}
