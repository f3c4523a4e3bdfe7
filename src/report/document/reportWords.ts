/** The words of a report, with places for values, to be said in any language. */
import type { NamesIn, Phrase, Value } from "../../experiment/problems/words";

/** English, by the name that the code uses. */
export const REPORT_WORDS = {
  title: "Report of {name}",
  summary: "In short",
  flow: "Who is in the data",
  splits: "Splits, and what chose the models",
  audit: "What the audit of the data found",
  architecture: "Network",
  training: "Training",
  results: "Results",
  balance: "Whether the classes are alike",
  subgroups: "Subgroups",
  calibration: "Calibration",
  explanations: "Explanations",
  tried: "What else was tried",
  environment: "Programs",
  people: "People who were answered wrongly",
  checklists: "Reporting checklists",
  "task-of": "A {task} of {label} by {architecture}. What the network sees at once: {mode}.",
  "task-alone": "A {task} by {architecture}. What the network sees at once: {mode}.",
  "classes-of": "Classes: {classes}; the positive one is {positive}.",
  "classes-of-many": "Classes: {classes}.",
  "no-results": "No best model has predicted a data group yet.",
  "yours-intended": "What the model is meant for, and for whom not: yours to write.",
  set: "set",
  people_column: "people",
  sessions: "sessions",
  classes: "classes",
  "left-out": "left out",
  "left-out-for": "{reason}: {sessions}",
  split: "split",
  "no-flow": "The MAPS does not tell who was left out.",
  "selection-last": "The model of the last epoch was kept, whatever the validation set says.",
  "selection-best": "The best epoch by {metrics} on the validation set was kept.",
  "inner-share":
    "A share of {share} of the training people of each split is its validation set; the fold itself (`outer`) was seen by nobody.",
  stopping: "Training stops early after {patience} {patience|epoch|epochs} without a lower validation loss.",
  "no-stopping": "Nothing stops early.",
  folds: "{count} {count|split was|splits were} trained.",
  disjoint: "Nobody is in the training set of a split and in another set of it.",
  leaking: "{count} {count|person is|people are} in the training set of a split and in another set of it.",
  finding: "finding",
  severity: "severity",
  "no-audit": "The MAPS keeps no audit of its data.",
  "no-finding": "Nothing was found.",
  accepted: "Accepted by the user: {kinds}.",
  "finding-meaning": "What each finding means stands in Gyrus's docs/problems.md.",
  "no-layers": "The MAPS does not keep the layers.",
  setting: "setting",
  loss: "loss",
  epoch: "epoch",
  "curves-title": "Loss by epoch",
  "training-line": "split {split}, training",
  "validation-line": "split {split}, validation",
  "no-curves": "There are no curves.",
  "roc-title": "ROC curve, {group}",
  "one-minus-specificity": "1 - specificity",
  sensitivity: "sensitivity",
  "roc-caption":
    "ROC curve of {answers}, {people} {people|person|people}. A threshold a point; the dotted line is chance.",
  threshold: "threshold",
  "calibration-title": "Calibration, {group}",
  "calibration-caption":
    "Of the people with a probability, the share that is of {name}; the dotted line is perfect. Bins of one tenth.",
  probability: "mean probability",
  share: "share",
  "truth-title": "Predicted against true, {group}",
  "truth-caption": "A person a point; the dotted line is perfect.",
  true: "true",
  predicted: "predicted",
  "no-calibration": "Probabilities are needed for it, and two classes.",
  trait: "trait",
  value: "value",
  "no-traits": "No table beside the splits tells sex, age or site.",
  effect: "effect size",
  "fisher-exact": "Fisher, exact",
  "chi-squared": "chi-squared",
  "chi-squared-few": "chi-squared (few expected: not to be relied on)",
  "balance-note":
    "People of the data group {group}, each once: mean ± standard deviation, or how many of each kind.",
  "balance-ps":
    "What differs between the classes, a network can learn in the place of the disease. Each p is of one test, not corrected for the others; SMD is the standardised mean difference, V that of Cramér.",
  "no-balance": "There are no classes to compare, or no table says anything of their people.",
  "subgroup-note": "Small subgroups have wide intervals: a difference that they show may be chance.",
  unknown: "not known",
  "explanation-of": "{group}, {model}: {name}",
  "explanation-of-class": "{group}, {model}: {name}, of the answer {class}",
  "mean-map":
    "Mean map of {people} {people|person|people}, in the planes through its largest value. Red is above 0, blue below, the more the stronger; white is 0. Left of a picture is the left of the person, or the back; above is above, or the front.",
  "mean-map-part":
    "Mean map of {people} {people|person|people} of part {part}, where it is largest, in the planes through that value. Red is above 0, blue below, the more the stronger; white is 0. Left of a picture is the left of the person, or the back; above is above, or the front.",
  "mean-image":
    "Mean image of {people} {people|person|people} in the same planes: the first image of each, scaled to its own range of intensities.",
  "mean-image-left":
    "{left} {left|person is|people are} not in it: no image that can be read stands where the MAPS says, or it lies on another grid.",
  "no-mean-image":
    "No mean image stands beside it: images of {people} {people|person|people} were found where the MAPS says, on one grid, and {count} are needed.",
  sagittal: "sagittal",
  coronal: "coronal",
  axial: "axial",
  "map-value": "value",
  "map-where": "right, anterior, superior (mm)",
  highest: "highest",
  lowest: "lowest",
  extreme: "where",
  "no-mean-map":
    "A mean map is shown where it is of {count} {count|person|people} or more: that of fewer comes close to the map of one of them. A map that does not say where in the head its voxels lie, as those of ClinicaDL, is not drawn.",
  "map-depends":
    "Weights drawn anew make another map ({samples} {samples|sample|samples}: rank correlation {rank}, of magnitudes {absolute}; structural similarity of magnitudes {similarity}): what is seen depends on what the network has learned.",
  "map-same":
    "Weights drawn anew make nearly the same map ({samples} {samples|sample|samples}: rank correlation {rank}, of magnitudes {absolute}; structural similarity of magnitudes {similarity}): what is seen hardly depends on what the network has learned, and explains no answer.",
  "map-untold":
    "Whether the map depends on what the network has learned cannot be told: with weights drawn anew it is the same everywhere ({samples} {samples|sample|samples}).",
  "map-untested": "Whether the map depends on what the network has learned was not tested.",
  "map-complete":
    "The maps add up to the change of the answer from an empty image ({change} on average) but for {gap} on average and {largest} at most.",
  "no-explanations": "None was made (`gyrus interpret` makes some).",
  siblings:
    "{count} other {count|MAPS|MAPS} of this task, label and tables {count|stands|stand} in the same folder. How many configurations were tried elsewhere, and how this one was chosen, is yours to write: the best of many is too good.",
  "made-by": "Trained by Gyrus {version}.",
  "made-by-clinicadl": "Trained by ClinicaDL.",
  "no-environment": "The MAPS does not say.",
  participant: "participant",
  session: "session",
  answer: "answer",
  "none-wrong": "None.",
  item: "item",
  topic: "what it asks",
  where: "where",
  "yours-to-write": "yours to write",
  "checklist-note":
    "What the files of the MAPS answer is filled in above; read it before you sign it. Topics are in our words: the checklists themselves say what each item asks (CLAIM: the update of 2024, Tejani and others; TRIPOD+AI: Collins and others 2024).",
} as const;

type ReportWord = keyof typeof REPORT_WORDS;
type Given<Name extends ReportWord> = [NamesIn<(typeof REPORT_WORDS)[Name]>] extends [never]
  ? []
  : [values: { readonly [Key in NamesIn<(typeof REPORT_WORDS)[Name]>]: Value }];

/** The words of the table with their values. */
export const reportPhrase = <Name extends ReportWord>(name: Name, ...[values]: Given<Name>): Phrase => ({
  template: REPORT_WORDS[name],
  values: values ?? {},
});
