/** English texts of what all views share; the editor translates them. */
export const sharedStrings = {
  // Its translation names the language whose rule of singular and plural holds.
  language: "en-US",
  sortAscending: "Sort by {0}, ascending",
  sortDescending: "Sort by {0}, descending",
} as const;

/** Those of views that show runs and their curves: a table apart, which the other views need not load. */
export const runStrings = {
  // Charts
  chart: "{0} chart",
  chartHelp:
    "Arrow keys move through the values, plus and minus zoom, zero shows everything. The table view holds the same numbers.",
  showTable: "Show as table",
  showChart: "Show as chart",
  resetZoom: "Show everything",
  export: "Export",
  exportSvg: "Export as SVG",
  exportPng: "Export as PNG",
  exportCsv: "Export as CSV",
  exportTsv: "Export as TSV",
  plotHelp: "Arrow keys move through the points. The table view holds the same numbers.",
  notANumber: "{0} is not a number here",
  notNumbers: "NaN: {0}",
  smoothedTo: "smoothed {0}",
  andMore: "and {0} more",
  noPoints: "No values yet.",

  // State of a run
  unread: "reading",
  queued: "queued",
  running: "running",
  stopping: "stopping",
  silent: "not responding",
  finished: "finished",
  stopped: "stopped",
  interrupted: "interrupted",
  failed: "failed",
  cancelled: "cancelled",
  missing: "deleted",
  unknown: "not readable",

  // Metrics
  undefined: "undefined",
  undefinedCount: "{0} undefined",
  loss: "Loss",
  BA: "Balanced accuracy",
  accuracy: "Accuracy",
  F1_score: "F1 score",
  AUC: "Area under the ROC curve",
  AP: "Average precision",
  Brier: "Brier score",
  sensitivity: "Sensitivity",
  specificity: "Specificity",
  sensitivityOf: "Sensitivity ({0})",
  specificityOf: "Specificity ({0})",
} as const;

/** Names of figures that are none of a training, or are longer there. */
export const figureStrings = {
  AUC: "AUC",
  AP: "Average precision",
  BA_p: "Balanced accuracy: p by permutation",
  PPV: "PPV (precision)",
  NPV: "NPV",
  MCC: "Matthews correlation (MCC)",
  log_loss: "Log loss",
  ECE: "Expected calibration error (ECE)",
  R2_score: "R²",
  MAE: "Mean absolute error (MAE)",
  RMSE: "Root mean squared error (RMSE)",
  ME: "Mean error (predicted − true)",
  pearson: "Pearson’s r",
  spearman: "Spearman’s ρ",
  CCC: "Concordance (CCC)",
  ICC: "Agreement (ICC)",
  MAE_cole: "MAE of corrected ages (Cole)",
  gap_cole: "Mean gap of corrected ages (Cole)",
  gap_beheshti: "Mean gap corrected by the true age (Beheshti)",
  r_gap_age: "Correlation of gap and age",
  r_gap_age_cole: "Correlation of corrected gap (Cole) and age",
} as const;
