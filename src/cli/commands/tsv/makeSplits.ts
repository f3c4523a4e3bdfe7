import { basename, dirname, join, resolve } from "node:path";
import {
  SESSION_RULES,
  SPLIT_CHOICES,
  type SplitChoices,
  type Validation,
} from "../../../data/splits/choices";
import { type ColumnValues, classOf, valuesOf } from "../../../data/splits/labelClasses";
import { makeSplits } from "../../../data/splits/makeSplits";
import { sessionsWithImage } from "../../../data/splits/sessionsWithImage";
import { balanceOfSets, usualColumns } from "../../../data/splits/setBalance";
import { readStudyTable } from "../../../data/splits/studyTable";
import { writeSplits } from "../../../data/splits/writeSplits";
import { missingColumns } from "../../../data/tables/table";
import { imagesGiven } from "../../../experiment/file/imagesKey";
import { InputError } from "../../../experiment/problems/problem";
import type { Phrase } from "../../../experiment/problems/words";
import { preprocessingSchema } from "../../../experiment/schema/preprocessing";
import { balanceTable, splitsSentences } from "../../../report/splits/describeSplits";
import { splitsPhrase } from "../../../report/splits/splitsWords";
import { defineCommand } from "../../command";
import { misuse } from "../../commandLine/usageError";
import { loadExperiment } from "../../runExperiment";
import { textTable } from "../../terminal/textTable";
import { GYRUS_VERSION } from "../../version";
import { numberOrShare } from "./numberOrShare";

/** The word for splits that predict nothing. */
const NO_LABEL = "none";

export const tsvMakeSplits = defineCommand({
  name: "tsv make-splits",
  summary:
    "Makes labels, a test set and splits in one go, from any table of people, and shows how alike they are.",
  arguments: [
    {
      name: "TABLE",
      text: "people or sessions with a column to predict, whatever the columns are called",
      completes: "file",
    },
  ],
  options: {
    label: {
      kind: "text",
      value: "COLUMN",
      default: "diagnosis",
      text: `column to predict; ${NO_LABEL} for a reconstruction`,
    },
    classes: {
      kind: "text",
      value: "VALUE",
      many: true,
      text: "value that is a class, or several joined by +; without, each value is one, and many numbers are predicted as such",
    },
    number: { kind: "flag", text: "the label is a number to predict, however few there are" },
    test: {
      kind: "number",
      value: "N",
      least: 0,
      default: SPLIT_CHOICES.test,
      text: "people to set apart for the end: a number, a share below 1, or 0 for none",
    },
    folds: {
      kind: "whole",
      value: "K",
      least: 2,
      text: `number of splits; everybody validates in one (default ${SPLIT_CHOICES.folds})`,
    },
    validation: {
      kind: "number",
      value: "SHARE",
      least: 0,
      most: 1,
      text: "in place of folds: a single split, in which this share of the people validates",
    },
    "leave-one-out": {
      kind: "text",
      value: "COLUMN",
      text: "in place of folds: a split for each value of this column (a site), whose people validate",
    },
    "keep-together": {
      kind: "text",
      value: "COLUMN",
      many: true,
      text: "column whose equal values stay in one set: family, scanner; a person always does",
    },
    stratify: {
      kind: "text",
      value: "COLUMN",
      many: true,
      text: "column in which all sets shall be alike, besides the label: site, sex, age",
    },
    sessions: {
      kind: "choice",
      choices: SESSION_RULES,
      default: "all",
      text: "all sessions of a person, or the first that can be used",
    },
    balance: { kind: "text", value: "COLUMN", many: true, text: "another column to show, set by set" },
    seed: {
      kind: "whole",
      value: "N",
      least: 0,
      default: SPLIT_CHOICES.seed,
      text: "equal seeds give equal splits",
    },
    experiment: {
      kind: "text",
      value: "EXPERIMENT",
      text: "leaves out sessions of which this experiment finds no image",
      completes: "file",
    },
    images: {
      kind: "text",
      value: "IMAGES",
      text: "leaves out sessions of which these images hold none: a JSON file that describes them as the key `images` does, or that JSON itself",
      completes: "file",
    },
    participant: {
      kind: "text",
      value: "COLUMN",
      text: "column that names people, where it is not seen by its name",
    },
    session: { kind: "text", value: "COLUMN", text: "column that names sessions, likewise" },
    output: {
      kind: "text",
      value: "FOLDER",
      text: "folder to make; without, `splits` beside TABLE",
      completes: "folder",
    },
    "dry-run": {
      kind: "flag",
      text: "shows who would be in the sets and how alike they are, and writes nothing",
    },
  },
  remarks: [
    "The folder holds labels.tsv, the tables of ClinicaDL (`split`, `<k>_fold`), and splits.json: what was asked, the seed, the hash of TABLE and how alike the sets are.",
    "Impossible asks are refused with their reasons: a class of fewer people than sets, a group that holds a whole class, a set without a class.",
  ],
  examples: [
    "tsv make-splits participants.tsv --classes AD --classes CN --stratify site",
    "tsv make-splits clinical.csv --label group --classes patient --classes control --keep-together family --dry-run",
    "tsv make-splits participants.tsv --label age --test 0 --leave-one-out site",
  ],
  async run({ TABLE }, options, terminal) {
    const file = resolve(TABLE);
    const images = await imagesOf(options, terminal);
    const ids = { participant: options.participant, session: options.session };
    const { table, ...read } = await readStudyTable(file, ids, images);
    const label = options.label === NO_LABEL ? null : options.label;
    const shown = options.balance ?? [];
    const missing = missingColumns(table, [...(label === null ? [] : [label]), ...shown]);
    if (missing.length > 0) throw new InputError(missing);
    const choices: SplitChoices = {
      label,
      classes: label === null ? null : classesOf(valuesOf(table, label), options),
      test: numberOrShare("test", options.test),
      validation: validationOf(options),
      keepTogether: options["keep-together"] ?? [],
      stratify: options.stratify ?? [],
      sessions: options.sessions,
      seed: options.seed,
    };
    const made = makeSplits(table, choices);
    const plan = { ...made, leftOut: [...read.leftOut, ...made.leftOut] };
    for (const warning of [...read.warnings, ...plan.warnings]) terminal.warn(warning);
    const columns = [...new Set([...usualColumns(table.columns, choices), ...shown])];
    const balance = balanceOfSets(plan, columns);
    for (const sentence of splitsSentences(plan, choices)) terminal.tell(sentence);
    const say = (cell: string | Phrase) => (typeof cell === "string" ? cell : terminal.words(cell));
    const { header, rows } = balanceTable(balance, plan.people.length);
    const output = resolve(options.output ?? join(dirname(file), "splits"));
    const version = GYRUS_VERSION;
    const written = options["dry-run"]
      ? null
      : await writeSplits(dirname(output), basename(output), {
          plan,
          choices,
          balance,
          table: file,
          version,
        });
    if (written !== null) terminal.say(terminal.text("splits-written", { folder: written.folder }));
    const keys = { tsv_path: written?.tsvPath ?? null, ...plan.keys };
    return {
      result: {
        ...(written ?? { folder: null, tsvPath: null, testTable: null }),
        experiment: keys,
        classes: plan.classNames,
        people: plan.people.length,
        groups: plan.groups,
        test: plan.test.length,
        splits: plan.splits.map(({ leftOut, train, validation }) => ({
          leftOut,
          train: train.length,
          validation: validation.length,
        })),
        leftOut: plan.leftOut,
        balance,
      },
      show: () => {
        terminal.print(
          textTable(
            header.map(say),
            rows.map((row) => row.map(say)),
          ),
        );
        terminal.print(terminal.words(splitsPhrase("how-compared")));
        if (written !== null)
          terminal.print(terminal.text("splits-keys", { keys: JSON.stringify(keys, undefined, 2) }));
      },
    };
  },
});

interface NamingImages {
  readonly experiment?: string | undefined;
  readonly images?: string | undefined;
}

/** Sessions of which there is an image; null where no images are named. */
async function imagesOf(
  { experiment: file, images: text }: NamingImages,
  terminal: Parameters<typeof loadExperiment>[1],
) {
  if (file !== undefined && text !== undefined)
    throw misuse("usage.one-of", { options: ["--experiment", "--images"] });
  if (text !== undefined) {
    const place = { place: "", images: await imagesGiven(text) };
    return await sessionsWithImage(place, preprocessingSchema.parse({ preprocessing: "custom" }));
  }
  if (file === undefined) return null;
  const { caps_directory: caps, images, preprocessing_dict } = await loadExperiment(file, terminal);
  return await sessionsWithImage({ place: caps, images: images ?? undefined }, preprocessing_dict);
}

function classesOf(
  found: ColumnValues,
  { classes, number }: { readonly classes?: readonly string[] | undefined; readonly number: boolean },
): SplitChoices["classes"] {
  if (number && classes !== undefined) throw misuse("usage.one-of", { options: ["--classes", "--number"] });
  if (number || (classes === undefined && found.isNumber)) return null;
  return classes?.map((text) => classOf(text, found)) ?? found.values.map(({ value }) => [value]).sort();
}

function validationOf(given: {
  readonly folds?: number | undefined;
  readonly validation?: number | undefined;
  readonly "leave-one-out"?: string | undefined;
}): Validation {
  const names = ["folds", "validation", "leave-one-out"] as const;
  const asked = names.filter((name) => given[name] !== undefined);
  if (asked.length > 1) throw misuse("usage.one-of", { options: asked.map((name) => `--${name}`) });
  const { folds, validation: share, "leave-one-out": column } = given;
  if (column !== undefined) return { kind: "leave-one-out", column };
  if (share !== undefined) return { kind: "share", share };
  return { kind: "folds", folds: folds ?? SPLIT_CHOICES.folds };
}
