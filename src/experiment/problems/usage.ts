/** What can be wrong with the words of a command line. */
import type { ProblemWords } from "./words";

export const USAGE_PROBLEMS = {
  "usage.no-command": {
    message: 'There is no command "{command}".',
    remedy: "`gyrus help` tells of those that there are.",
  },
  "usage.unknown-option": {
    message: "There is no option {option}.",
    remedy: "[Did you mean --{meant}?]",
  },
  "usage.takes-no-value": {
    message: "--{option} takes no value.",
    remedy: "Leave it out.",
  },
  "usage.no-value": {
    message: "--{option} needs a value.",
    remedy: "Give it after the option.",
  },
  "usage.missing": {
    message: "{words} is missing.",
    remedy: "Give it.",
  },
  "usage.extra-word": {
    message: '"{word}" is one word too many.',
    remedy: "Leave it out.",
  },
  "usage.report-ending": {
    message: '--output: "{file}" is neither HTML nor Markdown by its name.',
    remedy: "End it in .html or .md.",
  },
  "usage.threshold": {
    message: '--threshold: "{value}" is no probability.',
    remedy: "Give a number from 0 to 1, `youden` or `answered`.",
  },
  "usage.keep-no-threshold": {
    message: "--keep-threshold keeps the threshold that --threshold asks for.",
    remedy: "Add --threshold: a number from 0 to 1, `youden`, or `answered` to keep none.",
  },
  "usage.choice": {
    message: "{word}: expected {choices}.",
    remedy: "Give one of them.",
  },
  "usage.one-of": {
    message: "Of {options} only one can be given.",
    remedy: "Leave the others out.",
  },
  "usage.whole-number": {
    message: "--{option} {text}: expected a whole number of at least {least}.",
    remedy: "Give such a number.",
  },
  "usage.number": {
    message: "--{option} {text}: expected a number from {least} to {most}.",
    remedy: "Give such a number.",
  },
  "usage.number-at-least": {
    message: "--{option} {text}: expected a number of at least {least}.",
    remedy: "Give such a number.",
  },
  "usage.number-or-share": {
    message: "--{option} {text}: expected a whole number of participants, or a share below 1.",
    remedy: "Give such a number.",
  },
  "usage.input-size": {
    message: "--input-size {text}: expected channels@sizes, for instance 1@169x208x179 or 3@128x128.",
    remedy: "Give such a size.",
  },
  "usage.subset-name": {
    message: '--subset-name {name}: expected letters, digits, ".", "-" and "_", and another name than train.',
    remedy: "Choose another name.",
  },
  "usage.overwritten": {
    message: "{file} would be overwritten, and is read.",
    remedy: "Choose another output.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
