/** What can be wrong with what is asked of new splits: labels, classes, groups, sets. */
import type { ProblemWords } from "./words";

export const SPLIT_PROBLEMS = {
  "splits.nobody": {
    message: "Of {rows} {rows|row|rows} none can be used.",
    remedy: "Choose another label or other classes.",
  },
  "splits.no-participants": {
    message: "No column names the participants; there are: {columns}.",
    remedy: "Call one participant_id, or name it with `--participant`.",
  },
  "splits.no-images": {
    message:
      "Of {rows} {rows|row|rows} none has an image[: the table says {here} for instance][, an image is of {there}].",
    remedy: "Choose the table of these images, or write its ids as theirs.",
  },
  "splits.ids-of-images": {
    message:
      "{count} of {rows} {rows|row|rows} {count|spells its ids|spell their ids} otherwise than the images ({names}).",
    remedy: "They are taken for the same: each can mean one only. The new tables have the ids of the images.",
  },
  "splits.one-class": {
    message:
      'A classification needs two classes at least, but of the column "{column}" there is [one only, {classes}][; it holds: {found}].',
    remedy: "Choose two values or more, or another column.",
  },
  "splits.no-value": {
    message: 'No row has {values} in the column "{column}"[; it holds: {found}].',
    remedy: "Choose among the values of the column.",
  },
  "splits.value-twice": {
    message: "{values} would be in two classes.",
    remedy: "Give each value once.",
  },
  "splits.not-numbers": {
    message: 'The column "{column}" of {count} of {rows} {rows|row|rows} is not a number: {values}.',
    remedy: "Correct them, leave them empty, or choose classes to predict one of these values.",
  },
  "splits.class-too-small": {
    message:
      "The class {name} has {people} {people|person|people}[, in {groups} {groups|group that stays|groups that stay} together], but there {sets|is|are} {sets} {sets|set|sets} and each needs one.",
    remedy: "Make fewer folds, leave the class out, or join it with another.",
  },
  "splits.class-in-one-group": {
    message:
      "The class {name} is in one group that stays together, with all its {people} {people|person|people}.",
    remedy: "Keep other columns together, or leave the class out.",
  },
  "splits.test-count": {
    message: "{count} {count|person was|people were} to be set apart, but there {all|is|are} {all}.",
    remedy: "Set fewer apart: a number, or a share below 1.",
  },
  "splits.set-empty": {
    message: "Nobody is in the set {set}.",
    remedy: "Make fewer or larger sets, or keep fewer people together.",
  },
  "splits.class-absent": {
    message: "Nobody of the class {name} is in the set {set}.",
    remedy: "Make fewer or larger sets, keep fewer people together, or join the class with another.",
  },
  "splits.leave-out-one": {
    message: 'The column "{column}" does not tell two groups of people apart[: it holds {values}].',
    remedy: "Leave out another column, or make folds.",
  },
  "splits.leave-out-several": {
    message:
      'Of {count} {count|group that stays together|groups that stay together} the column "{column}" holds several values ({names}): none of them can be left out without the others.',
    remedy: "Correct the column, use the first sessions only, or leave out another column.",
  },
  "splits.leave-out-unknown": {
    message: 'The column "{column}" of {count} of {people} {people|person|people} is not known ({names}).',
    remedy: "They train in every split and validate in none.",
  },
  "splits.group-unknown": {
    message: 'The column "{column}" of {count} of {people} {people|person|people} is not known ({names}).',
    remedy: "Each of them is taken for a group of their own.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
