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
} as const satisfies Readonly<Record<string, ProblemWords>>;
