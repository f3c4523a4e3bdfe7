/** Words that stand inside the sentences of problems. */
import { fillWords, type NamesIn, type Phrase, type Translate, type Value } from "./words";

/** English, by the name that the code uses. */
export const PHRASES = {
  none: "none",
  "cluster-name": "it takes a name of letters, digits, points, _ and -",
  "cluster-whole": "it takes a whole number from 1",
  "cluster-number": "it takes a number above 0",
  "cluster-gres": "it takes a GPU as the scheduler writes it: gpu, gpu:2, gpu:a100:1",
  "cluster-options":
    "it takes words without spaces and quotes for these options of the scheduler: {known}; all others are set by Gyrus",
  "cluster-variables": "it takes words without spaces and quotes for these variables: {known}",
  "cluster-modules": "it takes a list of names of modules, such as cuda/12.1",
  "cluster-no-key": "a profile has these keys: {known}",
  "cluster-warning-late": "the warning must come within the minutes of the task",
  "cluster-control": "it holds a character that does not show",
  "cluster-memory": "GB of memory",
  "cluster-cores": "cores",
  "cluster-check-failed": "the first job has not made the MAPS",
  "cluster-cancelled": "its task was cancelled",
  "cluster-not-begun": "its task has not begun",
  "cluster-not-ended": "its task ended before it had",
  "whole-number": "a whole number",
  number: "a number",
  text: "a text",
  "true-or-false": "true or false",
  list: "a list",
  null: "null",
  object: "an object",
  "filled-text": "a text that is not empty",
  above: "above {limit}",
  "at-least": "at least {limit}",
  below: "below {limit}",
  "at-most": "at most {limit}",
  "list-above": "a list of above {limit}",
  "list-at-least": "a list of at least {limit}",
  "list-below": "a list of below {limit}",
  "list-at-most": "a list of at most {limit}",
  or: "{some} or {last}",
  and: "{some} and {last}",
  "with-crop": "with `_desc-Crop_`",
  "without-crop": "without `_desc-Crop_`",
  "one-class": "there is one class only ({classes})",
  codes: "the codes are {codes}",
  absent: "absent",
  "value-among": "{name}: {value}, where most lie between {low} and {high}",
  "voxels-of": "{name}: {count} {count|voxel|voxels}",
  "no-directions": "no known orientation",
  "stored-in": "{found} in {count} ({names})",
  "stored-classes": "{found} ({classes})",
  "a-file": "A file",
  "name-empty": "it is empty",
  "name-hidden": "it begins with a point",
  "name-character": "it holds a character that means something else on Linux, macOS or Windows",
  "name-end": "it begins or ends with a space, or ends with a point",
  "name-device": "Windows takes it for a device",
  "name-long": "it is longer than {most} {most|byte|bytes}",
  "name-twin": "on many disks it is the same as {other}",
  "a-device": "a device",
  "a-pipe": "a pipe",
  "a-socket": "a socket",
  training: "training",
  validation: "validation",
  outer: "outer fold",
  "unlike-task": "another task",
  "unlike-label": "another label",
  "unlike-classes": "other classes",
  "idle-no-classes": "a {task} has no classes",
  "idle-other-loss": "the loss is {loss}",
  "idle-one-network": "multi_network is false",
  "idle-one-split": "there is one split",
  "idle-own-layers": "own layers hold a Dropout where they want one",
  "idle-no-dropout-layer": "the network has no dropout layer",
  "idle-not-cae-half": "only CAE_half has a latent size to set",
  "idle-no-transfer": "there is no transfer_path",
  "idle-no-patience": "with a patience of 0 nothing stops early",
  "idle-last-epoch": 'selection is "last"',
  "idle-fewer-epochs": "{epochs} {epochs|epoch is|epochs are} too few for it",
  "idle-no-size-reduction": "size_reduction is false",
  "idle-only-classes-vote": "only the parts of a classification vote",
  "idle-one-part": "a whole image is one part",
  "idle-no-reconstruction": "the task is {task}",
  "idle-none-kept": "kept_reconstructions is 0",
  "idle-hard-voting": "hard voting counts every part",
  "idle-in-mode": 'the mode is "{mode}"',
  "idle-intensity": "`intensity` says what is done to the values",
  "idle-without": "there is no {key}",
  "idle-images": "`images` says which image is read",
  "idle-with-images": 'the images are those of "{preprocessing}"',
  "undefined-figure": "{name} undefined",
  "left-out":
    "{reason}: {sessions} {sessions|session|sessions} of {people} {people|person|people} ({examples})",
  alike: "The same holds for {count} more ({names}).",
  "ids-prefix": "the prefix (`sub-`, `ses-`)",
  "ids-zeros": "leading zeros, which spreadsheets and versions of Clinica change",
  "ids-case": "upper and lower case",
  "ids-decimals": "a `.0`, which a spreadsheet adds to numbers",
  "ids-characters": "characters that are neither letters nor digits",
  "voxel-by-voxel": "equal voxel by voxel",
  "turned-copy": "turned, mirrored or with another margin",
  "thread-ended": "the thread that makes it ended before it had made it",
  "reader-ended": "the thread that reads it ended before it had read it",
  "lets-pass": "The option {option} lets it pass.",
  "two-labels": "{count} of them {count|has|have} labels that contradict each other ({names}).",
  row: "row {row}",
  line: "line {line}",
  "input-size": "input size",
  "data-moved": "If the data has moved, correct it in {file}.",
} as const;

type PhraseName = keyof typeof PHRASES;
type PhraseValues<Name extends PhraseName> = { readonly [Key in NamesIn<(typeof PHRASES)[Name]>]: Value };
type Given<Name extends PhraseName> = [NamesIn<(typeof PHRASES)[Name]>] extends [never]
  ? []
  : [values: PhraseValues<Name>];

/** A phrase of the table with its values. */
export function phrase<Name extends PhraseName>(name: Name, ...[values]: Given<Name>): Phrase {
  return { template: PHRASES[name], values: values ?? {} };
}

/** "a, b or c"; one thing alone is itself. */
export function either(choices: readonly (string | Phrase)[]): string | Phrase {
  return joined("or", choices);
}

/** "a, b and c"; one thing alone is itself. */
export function all(things: readonly (string | Phrase)[]): string | Phrase {
  return joined("and", things);
}

function joined(name: "or" | "and", things: readonly (string | Phrase)[]): string | Phrase {
  const last = things.at(-1) ?? "";
  return things.length < 2 ? last : phrase(name, { some: things.slice(0, -1), last });
}

/** A text, or the words of a phrase, in one language. */
export const inWords = (value: string | Phrase, translate: Translate): string =>
  typeof value === "string" ? value : fillWords(value.template, value.values, translate);

/** The words of a phrase in English. */
export const phraseText = ({ template, values }: Phrase): string => fillWords(template, values);
