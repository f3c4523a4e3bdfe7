import type { Submission } from "../../src/cluster/records";

/** One split that was submitted, whose jobs are 11 to 13. */
export const submission: Submission = {
  version: 1,
  id: `gyrus-${"a".repeat(32)}`,
  user: "somebody",
  host: "login",
  submitted: 1000,
  jobs: { check: 11, array: 12, join: 13 },
  units: [{ task: 0, split: 0, network: null }],
  engine: "onnx",
  threads: 1,
};
