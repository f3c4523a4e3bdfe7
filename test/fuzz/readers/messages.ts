/** What other programs say: the views, the trainer's answers, files that a set of files is made with, packages. */
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { findTensorFlow } from "../../../src/engine/tensorflow/library/findTensorFlow";
import { fromCompareSchema } from "../../../src/extension/panels/compare/compareMessages";
import { fromInputsSchema } from "../../../src/extension/panels/inputs/inputsMessages";
import { fromNiftiSchema } from "../../../src/extension/panels/nifti/niftiMessages";
import { saveRequestSchema } from "../../../src/extension/panels/panelMessages";
import { kept } from "../../../src/extension/panels/restoredState";
import { fromResultsSchema } from "../../../src/extension/panels/results/resultsMessages";
import { fromTrainingSchema } from "../../../src/extension/panels/trainingMessages";
import { restoredTasks } from "../../../src/extension/trainer/launch";
import { endOfLog, lastLines } from "../../../src/extension/trainer/trainerLog";
import { takePlaces } from "../../../src/files/takePlaces";
import { readReply } from "../../../src/run/commandReply";
import { fromJson } from "../../../src/run/jsonNumber";
import type { Reader } from "../reader";
import { jsonSeed, textSeed } from "../seeds";

const SCHEMAS = [
  fromCompareSchema,
  fromInputsSchema,
  fromNiftiSchema,
  fromResultsSchema,
  fromTrainingSchema,
  saveRequestSchema,
];

const jsonOf = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
};

export const messageReaders: Readonly<Record<string, Reader>> = {
  "message of a view": {
    sources: ["src/extension/panels/panelFrame.ts", "src/run/jsonNumber.ts"],
    file: "message.json",
    seeds: [
      jsonSeed({ kind: "save", name: "curve.svg", content: "<svg/>" }),
      jsonSeed({ kind: "cancel", id: 3 }),
      jsonSeed({ kind: "open", maps: "/maps" }),
      jsonSeed({ kind: "request", id: 1, name: "voxels", args: [0] }),
      jsonSeed([
        { kind: "train", experiment: "/a", maps: "/b" },
        { kind: "resume", maps: "/b" },
      ]),
    ],
    read: (file) => {
      const message = jsonOf(file);
      if (message === undefined) return;
      for (const schema of SCHEMAS) schema.safeParse(message);
      kept(message, "maps");
      restoredTasks(message);
      fromJson(readFileSync(file, "utf8"));
    },
  },
  "answer of a command": {
    sources: ["src/run/commandReply.ts", "src/files/endOfFile.ts"],
    file: "trainer.log",
    seeds: [
      jsonSeed({ ok: true, result: { warnings: [] } }),
      jsonSeed({
        ok: false,
        problems: [
          { code: "a", severity: "error", file: null, where: null, key: null, message: "m", remedy: "" },
        ],
      }),
      textSeed("epoch 1\nError: no\n    at x (y.js:1:1)\n"),
    ],
    bombs: { "a line of a megabyte": Buffer.from(`Error${"a.".repeat(500_000)}`) },
    read: async (file, folder) => {
      readReply(z.unknown(), readFileSync(file, "utf8"));
      lastLines(await endOfLog(folder));
    },
  },
  "names that a set of files makes untrue": {
    sources: ["src/files/takePlaces.ts"],
    file: "outdated.json",
    seeds: [jsonSeed(["test", "test_image_level_metrics.tsv"])],
    read: async (file, folder) => {
      const [set, target] = [join(folder, "set"), join(folder, "target")];
      rmSync(set, { recursive: true, force: true });
      mkdirSync(set, { recursive: true });
      renameSync(file, join(set, ".outdated.json"));
      await takePlaces(set, target);
    },
  },
  "package of an engine": {
    sources: ["src/engine/tensorflow/library/findTensorFlow.ts"],
    file: "package.json",
    seeds: [jsonSeed({ name: "@tensorflow/tfjs-node", version: "4.22.0" })],
    read: (_, folder) => findTensorFlow([folder]),
  },
};
