/** What stands in a MAPS of its cluster, profiles, and what the programs of a scheduler print. */
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { clusterState } from "../../../src/cluster/clusterState";
import { nodesOf } from "../../../src/cluster/nodes";
import { readPrediction } from "../../../src/cluster/predictions";
import { readProfile } from "../../../src/cluster/profile";
import { queueRows } from "../../../src/cluster/queue";
import { readJobs } from "../../../src/cluster/records";
import { readPart } from "../../../src/training/results/partAnswers";
import { submission } from "../../support/clusterSubmission";
import type { Reader } from "../reader";
import { jsonSeed, textSeed } from "../seeds";

const { id, user, host, submitted, engine, threads } = submission;
const KEY = "0".repeat(64);
const PREDICTION = {
  ...{ version: 1, id, user, host, submitted, jobs: { array: 2, join: 3 }, engine, threads },
  ...{ key: KEY, parts: 4, joined: false },
};
const PREDICTED = {
  participantId: "sub-1",
  sessionId: "ses-M000",
  cohort: "single",
  part: 0,
  truth: 1,
  loss: "NaN",
};
const answersOf = (predictions: readonly object[]) => ({
  ...{ version: 1, key: KEY },
  models: [{ split: 0, metric: "loss", networks: [{ network: null, predictions }] }],
});
const CLASSIFIED = { ...PREDICTED, answer: { kind: "probabilities", probabilities: [0.25, 0.75] } };

export const clusterReaders: Readonly<Record<string, Reader>> = {
  "record of a cluster": {
    sources: ["src/cluster/records.ts"],
    file: "record.json",
    seeds: [jsonSeed(submission)],
    bombs: {
      "tens of thousands of units": jsonSeed({
        ...submission,
        units: Array.from({ length: 50_000 }, (_, task) => ({ task, split: task, network: null })),
      }).bytes,
    },
    read: async (file) => {
      const folder = join(dirname(file), "maps", "cluster");
      mkdirSync(folder, { recursive: true });
      renameSync(file, join(folder, `submission-${id}.json`));
      const records = await readJobs(join(folder, ".."));
      if (records !== null) clusterState(records, () => null, []);
    },
  },
  "record of a prediction on a cluster": {
    sources: ["src/cluster/predictions.ts"],
    file: "prediction.json",
    seeds: [jsonSeed(PREDICTION)],
    read: async (file) => {
      renameSync(file, join(dirname(file), "submission.json"));
      await readPrediction(dirname(file));
    },
  },
  "answers of a part of a group": {
    sources: ["src/training/results/partAnswers.ts"],
    file: "part.json",
    seeds: [jsonSeed(answersOf([CLASSIFIED, { ...PREDICTED, answer: { kind: "value", value: "-0" } }]))],
    bombs: {
      "tens of thousands of predictions": jsonSeed(answersOf(Array(50_000).fill(CLASSIFIED))).bytes,
    },
    read: async (file) => {
      renameSync(file, join(dirname(file), "part-0.json"));
      await readPart(dirname(file), 0, KEY);
    },
  },
  "profile of a cluster": {
    sources: ["src/cluster/profile.ts"],
    file: "cluster.json",
    seeds: [
      jsonSeed({
        partition: "main",
        cpus: 2,
        gpu: "gpu:a100:1",
        options: { qos: "long" },
        environment: { OMP_NUM_THREADS: "2" },
        modules: ["cuda/12.1"],
      }),
    ],
    read: (file) => readProfile(file),
  },
  "words of a scheduler": {
    sources: [],
    file: "squeue.txt",
    seeds: [
      textSeed(`12|3|PENDING|somebody||${id}|Resources\n13|N/A|RUNNING|somebody|node1|${id}|None\n`),
      textSeed("main*|1-00:00:00|2|8000|gpu:a100:4(S:0-1),fast\nlong|infinite|64|256000|(null)\n"),
    ],
    read: (file) => {
      const text = readFileSync(file, "utf8");
      queueRows(text);
      nodesOf(text);
    },
  },
};
