/** What can be wrong with the tables of a study: participants and sessions, splits, cohorts, labels. */
import type { ProblemWords } from "./words";

export const TABLE_PROBLEMS = {
  "table.row-length": {
    message: "The row has {values} {values|value|values}, the header {columns}.",
    remedy: "Separate the values alike in every row, one for each column.",
  },
  "table.open-quote": {
    message: "A quotation mark begins a value and none ends it.",
    remedy: "Remove it; a mark within quotation marks is written twice.",
  },
  "table.empty": {
    message: "The table is empty.",
    remedy: "Give a TSV with a header.",
  },
  "table.column-repeated": {
    message: 'The column "{column}" appears more than once, with other values.',
    remedy: "Keep one of them.",
  },
  "table.column-missing": {
    message: 'The column "{column}" is missing; there are: {columns}.',
    remedy: 'Add the column "{column}".',
  },
  "table.not-tabs": {
    message: 'The columns are separated by "{separator}", not by tabs, semicolons or commas: {header}.',
    remedy: "Save the table as text that is separated by tabs (TSV), or as CSV.",
  },
  "table.workbook": {
    message: "This is a workbook of a spreadsheet program (Excel, LibreOffice), not a table of text.",
    remedy: "Open it there, and save its sheet as CSV (UTF-8), or as text that is separated by tabs (TSV).",
  },
  "table.other-ending": {
    message: "The file does not exist; {other} stands in its place.",
    remedy:
      "Save that table as CSV, or as text that is separated by tabs (TSV), under the name that is looked for.",
  },
  "table.no-column-for": {
    message: "There is no column for the {word}; there are: {columns}.",
    remedy: 'Add a column "{word}", or put a labels.tsv that has it above the table.',
  },
  "table.key-empty": {
    message: "The row has no {column}.",
    remedy: "Fill it in or remove the row.",
  },
  "table.row-repeated": {
    message: "{session} stands already in row {row}.",
    remedy: "Remove one of the two rows.",
  },
  "table.rows-counted-once": {
    message:
      "{repeated} of {rows} {rows|row|rows} {repeated|repeats another one and counts|repeat another one and count} once.",
    remedy: "Nothing to do, unless they were meant to differ.",
  },
  "table.no-rows": {
    message: "The table has no rows.",
    remedy: "Change `diagnoses`, or the table.",
  },
  "table.no-row-of-diagnoses": {
    message: "No row has one of the diagnoses {asked}; there are: {found}.",
    remedy: "Change `diagnoses`, or the table.",
  },
  "table.rows-left-out": {
    message:
      "{left} of {rows} {rows|row|rows} {left|is|are} left out: {labels}, which tells {left|its|their} {columns}, does not hold {left|it|them} ({names}).",
    remedy: "Add them there, or add the column to the table.",
  },
  "split.no-table": {
    message: "The file does not exist.",
    remedy:
      "Give a folder with a training and a validation set, as `gyrus tsv split` and `kfold` write them.",
  },
  "split.no-longitudinal-table": {
    message: 'The file does not exist, but "valid_longitudinal" asks for it.',
    remedy:
      "Make the sets with `--valid_longitudinal` of `gyrus tsv split` or `kfold`, or set `valid_longitudinal` to false.",
  },
  "split.no-tables-folder": {
    message: "The folder does not exist.",
    remedy: "Check `tsv_path`.",
  },
  "split.folder-of-several": {
    message: "This folder holds several splits (split-0, ...), but a single one is asked.",
    remedy: "Set `n_splits` to their number, or give one of them as `tsv_path`.",
  },
  "split.more-in-folder": {
    message:
      'The folder holds {found} {found|split|splits}, but "n_splits" is {count}: the others are not trained, and their people validate nowhere.',
    remedy: 'Set "n_splits" to {found}, with "split" for some of them only.',
  },
  "split.no-folder": {
    message: 'There is no folder split-{split}, but "n_splits" is {count}.',
    remedy: "Give the `<k>_fold` folder that has that many splits, or set `n_splits` to what it has.",
  },
  "diagnoses.no-row": {
    message:
      "No row of the training and validation tables has the diagnosis {diagnosis}; there are: {offered}.",
    remedy: "Remove it from `diagnoses`, or give the tables that hold it.",
  },
  "label-code.fault": {
    message: "The classes must be numbered 0, 1, ... without a gap, and be two at least; {fault}.",
    remedy: "Number the classes from 0.",
  },
  "label.no-classes": {
    message: 'A classification needs two classes at least, but in the column "{label}" {fault}.',
    remedy: "Choose another label, or other diagnoses.",
  },
  "label.missing": {
    message: "{session} has no {label}.",
    remedy: "Fill it in, or remove the row.",
  },
  "label.not-a-number": {
    message: 'The {label} of {session} is "{value}", not a number.',
    remedy: "Correct it, or remove the row.",
  },
  "label.decimal-comma": {
    message: 'The {label} of {session}, "{value}", has a decimal comma.',
    remedy: "Write decimals with a point.",
  },
  "label.is-a-number": {
    message:
      'The column "{label}" holds {count} different {count|number|numbers} in {rows} training {rows|row|rows} ({examples}): each would be a class of its own.',
    remedy:
      'Set "network_task" to "regression" to predict the number. Where the numbers are codes of classes, name each in "label_code"; else choose another label.',
  },
  "label.no-class": {
    message: 'The {label} of {session}, "{value}", is none of {classes}.',
    remedy: "Add it to `label_code`, correct it, or remove the row.",
  },
  "column.spellings": {
    message: 'Values of the column "{column}" differ by case or spaces only: {values}.',
    remedy: "Write each of them in one way; or name each in `diagnoses`, with its class in `label_code`.",
  },
  "column.sex-spellings": {
    message: 'Values of the column "{column}" are several words for one sex: {values}.',
    remedy: "Write each sex in one way; or name each word, with its class, in `label_code`.",
  },
  "class.not-trained": {
    message: "The class {name} has no row in the training set of split {splits}.",
    remedy: "Change `diagnoses`, `label_code` or the split.",
  },
  "class.not-validated": {
    message: "The class {name} has no row in the validation set of split {splits}.",
    remedy: "Its balanced accuracy says nothing about it.",
  },
  "cohorts.table-for-one": {
    message: "This is a table, but one cohort is asked.",
    remedy: 'Give a folder, or set "multi_cohort" to true for a table of cohorts.',
  },
  "cohorts.no-table": {
    message: "With `multi_cohort` this must be a TSV that lists the cohorts.",
    remedy: 'Give such a table, or set "multi_cohort" to false.',
  },
  "cohorts.no-name": {
    message: "The row names no cohort.",
    remedy: "Give each cohort one row.",
  },
  "cohorts.repeated": {
    message: 'The cohort "{cohort}" stands already in row {row}.',
    remedy: "Give each cohort one row.",
  },
  "cohorts.in-one-table": {
    message: 'The cohort "{cohort}" is not in {other}.',
    remedy: "Add it there, or remove it here.",
  },
  "cohorts.no-diagnosis": {
    message: "No cohort offers {missing}; the cohorts offer {found}.",
    remedy: "Change `diagnoses` of the experiment, or of the table, where a comma separates several.",
  },
  "subset.count": {
    message: "A subset of {count} cannot be taken from {all} {all|participant|participants}.",
    remedy: "Choose a number between 1 and the number of participants, or a share.",
  },
  "subset.unbalanced": {
    message:
      "None of {draws} {draws|draw|draws} is as balanced as asked; the best has p = {age} for age (Student's t-test; asked {askedAge}) and {sex} for sex (ClinicaDL's measure of the shares, no p-value; asked {askedSex}).",
    remedy:
      "Lower the thresholds below these values, choose another number of participants, or ignore demographics.",
  },
  "subset.too-small": {
    message:
      "{count} and {others} {others|participant|participants} cannot both hold {diagnoses} {diagnoses|diagnosis|diagnoses}.",
    remedy: "Choose larger sets, or ignore demographics.",
  },
  "folds.fewer-than-two": {
    message: "{folds} {folds|fold|folds} cannot be made.",
    remedy: "Choose 2 or more.",
  },
  "folds.kind-not-validated": {
    message: 'No {name} ("{column}", {people} in all) is in the validation set of split {lacking}.',
    remedy: "Make fewer folds: where a class is absent, sensitivity and balanced accuracy say nothing.",
  },
  "folds.kind-not-trained": {
    message: 'No {name} ("{column}", {people} in all) is in the training set of split {split}.',
    remedy: "Make fewer folds, or leave {name} out: split {split} cannot learn it.",
  },
  "folds.too-many": {
    message:
      "{folds} {folds|fold|folds} cannot be made of {participants} {participants|participant|participants}, at most {largest} of one kind.",
    remedy: "Choose fewer folds.",
  },
  "modality.no-tables": {
    message: "There are no tables of missing modalities (`missing_mods_ses-M000.tsv`, ...).",
    remedy: "Run `clinica iotools check-missing-modalities`, or ask for another modality.",
  },
  "modality.no-column": {
    message: 'No table has a column for the modality "{modality}".',
    remedy: "Run `clinica iotools check-missing-modalities`, or ask for another modality.",
  },
  "bids.no-participants": {
    message: "This is not a BIDS: it has no participants.tsv.",
    remedy: "Give a BIDS folder, or a table with participant_id, session_id, age, sex and diagnosis.",
  },
  "bids.no-folder": {
    message:
      "{count} of {people} {people|participant|participants} of the table {count|has|have} no folder beside it ({names}).",
    remedy: "They are left out.",
  },
  "bids.no-sessions": {
    message:
      "{count} of {people} {people|participant|participants} {count|has|have} no folders of sessions ({names}).",
    remedy: "Their one session is called {session}, as Clinica calls it.",
  },
  "labels.diagnosis-column": {
    message: 'The diagnosis is taken from the column "{column}"[; there are also {others}].',
    remedy: "Call the right column `diagnosis` where it is another one.",
  },
  "labels.sex-column": {
    message: 'The sex is taken from the column "{column}".',
    remedy: "Add a column `sex` where it is another one.",
  },
  "labels.no-demographic": {
    message: "No column tells the {word}; there are: {columns}.",
    remedy:
      'Add a column "{word}": `gyrus tsv split` balances its sets by age and sex, or give it `--ignore_demographics`.',
  },
  "labels.decimal-comma": {
    message:
      "The {column} of {count} of {rows} {rows|session|sessions} has a decimal comma: {values} ({names}).",
    remedy: "It is written with a point.",
  },
  "labels.age-or-more": {
    message:
      "The {column} of {count} of {rows} {rows|session|sessions} stands for itself and more: {values} ({names}).",
    remedy: "The number itself is written.",
  },
  "labels.sex-coded": {
    message:
      "The {column} of {count} of {rows} {rows|session|sessions} is written as a word: {values} ({names}).",
    remedy: "It is coded F and M.",
  },
  "labels.would-change": {
    message:
      "It stands there already and says something else: {gone} of its lines would go, {added} {added|line|lines} would come.",
    remedy: "Give `--overwrite` to take its place, or choose another folder.",
  },
  "labels.nothing-left": {
    message:
      "No session with the diagnosis {diagnoses}[ and the image {modality}] is left; the table holds {found}.",
    remedy: "Ask for other diagnoses or another modality.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
