/** English texts of the training panel; the editor translates them. */
import { LEFT_OUT_WORDS } from "../../src/statistics/dataFlow";

export const trainingStrings = {
  // Curves
  train: "Training",
  validation: "Validation",
  eachBatch: "each training batch",
  best: "best {0}",
  threshold: "improves below {0}",
  epochs: "Epochs",
  minutes: "Minutes",
  epochAt: "Epoch {0}",
  minuteAt: "{0} min",

  // State of the run
  elsewhere: "Trained elsewhere",
  waiting: "Waiting for the first batch",
  trainingBatch: "Epoch {0} of {1}, batch {2} of {3}",
  evaluating: "Epoch {0} of {1}, evaluating {2} {3} of {4}",
  endedAfter: "{0} {0|epoch|epochs}",
  progress: "Progress",
  throughput: "Images per second",
  waitedForImages: "waits for images {0} of the time",
  timeLeft: "Time left, at most",
  timeSpent: "Time spent",
  engine: "Engine",
  threads: "{0} {0|thread|threads}",
  idleCard: "{0} stays idle. “Gyrus: Check the Installation” says what it lacks.",
  samples: "Training samples",
  samplesValidation: "{0} for validation",
  learningRate: "Learning rate",
  bestOf: "Best {0}",
  atEpoch: "epoch {0}",
  lastValue: "last {0}",
  noValueYet: "none yet",

  // Actions
  stop: "Stop after this batch",
  stopAfterEpoch: "Stop after this epoch",
  resume: "Resume",
  openLog: "Open the trainer's log",
  openExperiment: "Open the experiment",
  reveal: "Show in the explorer",

  // Display
  curves: "Curves",
  display: "Display",
  smoothing: "Smoothing",
  smoothingOff: "off",
  logScale: "Logarithmic scale",
  axis: "Horizontal axis",
  sideBySide: "Side by side",
  metrics: "Metrics",

  // Tracks
  networks: "Networks",
  split: "Split {0}",
  network: "network {0}",
  track: "Network",
  state: "State",
  epochColumn: "Epoch",
  meanOver: "Mean ± deviation over {0}",
  notStarted: "Not started",
  shown: "Shown",
  patienceUsed: "Patience used",
  patienceShort: "{0} of {1}",

  // Who is in the sets
  sets: "Data",
  setsCaption: "Sessions of each set, and people in brackets where they are fewer",
  classColumn: "Class",
  allClasses: "All",
  ofTable: "Rows of its table",
  leftOutOf: "Left out of {0}",
  sessions: "Sessions",
  people: "People",
  examples: "Examples",
  ...LEFT_OUT_WORDS,

  // What was said of the data before the training
  audit: "Audit of the data when the training began",
  auditedClean: "Nothing was found.",
  errorFindings: "{0} {0|error|errors}",
  warningFindings: "{0} {0|warning|warnings}",
  noticeFindings: "{0} {0|notice|notices}",

  // Early stopping
  earlyStopping: "Early stopping",
  stoppingOff: "Off: the training runs all its epochs.",
  stoppingUnknown: "Known after the first epoch.",
  withoutImprovement: "{0} of {1} {1|epoch|epochs} without improvement",
  improvesBelow: "An epoch improves when its validation loss is below {0}: best {1} × (1 − {2}).",
  improvesBelowBest: "An epoch improves when its validation loss is below {0}.",
  bestLossAt: "Best validation loss {0}, epoch {1}.",
  endCompleted: "All epochs were run.",
  endEarlyStopping: "Stopped early: the patience was used up.",
  endStopped: "Stopped on request.",
  endNan: "Stopped: the validation loss was not a number. A lower learning rate may help.",
  endFailed: "Failed.",
  patienceGauge: "Patience used",

  // Confusion matrix
  confusion: "Confusion matrix",
  confusionCaption: "Validation set, epoch {0}. Rows: true class. Columns: predicted class.",
  confusionEpoch: "Epoch of the confusion matrix",
  lastEpoch: "Last epoch",
  bestEpochOf: "Best {0} (epoch {1})",
  selectedEpoch: "Selected epoch ({0})",
  trueClass: "True",
  predictedClass: "Predicted",
  positive: "positive",
  recall: "Recall",
  oneAnswer: "In every epoch all images got the same answer ({0}): nothing was learned.",
  cell: "{0} of {1}",

  // Epochs
  epochsTable: "Epochs",
  epochHelp: "Counted from 1; training.tsv counts from 0.",
  duration: "Duration",
  trainOf: "{0}, train",
  validationOf: "{0}, valid.",
  improvedColumn: "Improved",
  exportEpochs: "Export the epochs as CSV",

  // Spoken summaries
  spokenEpoch: "Epoch {0} of {1}: validation loss {2}, {3} {4}.",
  nothingYet: "No training has been recorded in this folder.",
} as const;
