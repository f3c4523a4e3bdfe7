/** What an audit finds in a study: leaks between its sets, and what else than the disease tells the classes apart. */
import type { ProblemWords } from "./words";

export const AUDIT_PROBLEMS = {
  "split.leak": {
    message:
      "{count} participants of the validation set of split {split} are in its training set too ({names}).",
    remedy:
      "Keep each participant in one set: split by participant, as `gyrus tsv split` does. --accept-leaks lets it pass.",
  },
  "audit.group-leak": {
    message:
      'The networks were trained or chosen on {count} participants of the data group "{group}" ({names}).',
    remedy: "Remove them from the group: its results are too good. --accept-leaks lets it pass.",
  },
  "audit.transfer-leak": {
    message:
      "The source of the transfer, {source}, was trained on {count} participants of the validation set of split {split} ({names}).",
    remedy: "Train the source on the same splits, or on other people. --accept-leaks lets it pass.",
  },
  "audit.same-scan-in-sets": {
    message: "{count} scans stand under two names in sets that must not share any, {how}: {names}.",
    remedy: "Keep one row of each: the network would answer from memory. --accept-leaks lets it pass.",
  },
  "audit.same-scan": {
    message: "{count} scans stand under two names, {how}: {names}.",
    remedy: "Keep one row of each: it counts twice, and another split may part them.",
  },
  "audit.near-copies": {
    message:
      "{count} pairs of scans of different people are almost the same (correlation of their details from {least} to {most}; {typical} is typical of this study): {names}[; {crossing} of them in sets that must not share any].",
    remedy: "Look at them: one may be a copy of the other. Then keep one of them.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
