/** What stands in a MAPS of its cluster, profiles, and what the programs of a scheduler print. */
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { clusterState } from "../../../src/cluster/clusterState";
import { nodesOf } from "../../../src/cluster/nodes";
import { readProfile } from "../../../src/cluster/profile";
import { queueRows } from "../../../src/cluster/queue";
import { readJobs } from "../../../src/cluster/records";
import type { Reader } from "../reader";
import { jsonSeed, textSeed } from "../seeds";

const id = `gyrus-${"0".repeat(32)}`;
const SUBMISSION = {
  version: 1,
  id,
  user: "somebody",
  host: "login",
  submitted: 1,
  jobs: { check: 1, array: 2, join: 3 },
  units: [{ task: 0, split: 0, network: null }],
  engine: "onnx",
  threads: 1,
};

export const clusterReaders: Readonly<Record<string, Reader>> = {
  "record of a cluster": {
    sources: ["src/cluster/records.ts"],
    file: "record.json",
    seeds: [jsonSeed(SUBMISSION)],
    bombs: {
      "tens of thousands of units": jsonSeed({
        ...SUBMISSION,
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
