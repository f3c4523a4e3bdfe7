/** What stands in a MAPS besides weights: its settings, records, event logs and tables. */
import { cpSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { readCurves } from "../../../src/maps/events/curves";
import { trackOfLogNow } from "../../../src/maps/events/eventLog";
import { readLogEnd } from "../../../src/maps/events/logEnd";
import { countLeftOut, readGroup, readTrainValidation } from "../../../src/maps/folder/groups";
import { readAudit } from "../../../src/maps/folder/keptAudit";
import { readThresholds } from "../../../src/maps/folder/keptThreshold";
import { readLandmarks } from "../../../src/maps/folder/landmarks";
import { readMapsJson } from "../../../src/maps/folder/mapsJson";
import { settingsOf } from "../../../src/maps/folder/mapsSettings";
import { deletedMaps } from "../../../src/maps/folder/moveMaps";
import { mapsPlace } from "../../../src/maps/folder/place";
import { notesIn, readRunNotes } from "../../../src/maps/folder/runNotes";
import { readMaps } from "../../../src/maps/folder/summary";
import { readTrainingScans } from "../../../src/maps/folder/trainingScans";
import { readTrainingSpace } from "../../../src/maps/folder/trainingSpace";
import { readPlanes } from "../../../src/maps/reconstructions/planesFile";
import { readMetrics } from "../../../src/maps/tables/metricsTsv";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { readTrainingTsv } from "../../../src/maps/tables/trainingTsv";
import { readRun } from "../../../src/maps/units/records";
import { stopRequest } from "../../../src/maps/units/stopRequest";
import { workPlaces } from "../../../src/maps/units/workPlaces";
import { readExplanations } from "../../../src/report/reading/readExplanations";
import { openResults } from "../../../src/report/reading/readGroupResults";
import { readReportFacts } from "../../../src/report/reading/readReportFacts";
import { fixture } from "../../support/fixturePath";
import type { Reader } from "../reader";
import { fileSeed, jsonSeed, textSeed } from "../seeds";

const RULES = { selectionMetrics: ["loss", "BA"], patience: 10, tolerance: 0 };

/** Puts the file in the place of one of a MAPS, which is read whole. */
const within = (
  place: (maps: string) => string,
  read: (maps: string) => unknown,
): Pick<Reader, "prepare" | "read"> => ({
  prepare: (folder) => {
    cpSync(fixture("former/stopped"), join(folder, "maps"), { recursive: true });
    mkdirSync(dirname(place(join(folder, "maps"))), { recursive: true });
  },
  read: async (file, folder) => {
    const maps = join(folder, "maps");
    renameSync(file, place(maps));
    await read(maps);
  },
});

const event = (seq: number, body: object) => `${JSON.stringify({ seq, time: 1000 + seq, ...body })}\n`;
const evaluation = (seq: number, metrics: object) =>
  event(seq, { kind: "evaluation", epoch: 0, batch: seq, train: metrics, validation: metrics });
const log = fileSeed("former/whole/split-0/training_logs/events.jsonl");

const logBombs = {
  "a million empty lines": Buffer.from("\n".repeat(1_000_000)),
  "a line without end": Buffer.from(`{"seq":0,"kind":"${"x".repeat(3_000_000)}`),
  "lists within lists": Buffer.from(`${"[".repeat(500_000)}\n`.repeat(4)),
  "another metric at each evaluation": Buffer.from(
    Array.from({ length: 12_000 }, (_, i) => evaluation(i, { [`m${i}`]: 0 })).join(""),
  ),
  "an epoch without end": Buffer.from(
    Array.from({ length: 20_000 }, (_, i) => evaluation(i, { loss: "NaN" })).join(""),
  ),
};

const eventsOf = (maps: string) => mapsPlace(maps).split(0).network();

export const mapsReaders: Readonly<Record<string, Reader>> = {
  "maps.json": {
    sources: ["src/maps/folder/mapsJson.ts"],
    file: "maps.json",
    seeds: [fileSeed("former/stopped/maps.json"), fileSeed("experiment/clinicadl_classification_maps.json")],
    bombs: { "lists within lists": Buffer.from("[".repeat(1_000_000)) },
    ...within(
      (maps) => mapsPlace(maps).mapsJson,
      async (maps) => {
        settingsOf(await readMapsJson(maps));
        await readMaps(maps);
      },
    ),
  },
  "record of a run": {
    sources: ["src/maps/units/records.ts"],
    file: "run.json",
    seeds: [fileSeed("former/whole/run.json")],
    ...within(
      (maps) => mapsPlace(maps).runJson,
      async (maps) => {
        await readRun(mapsPlace(maps).runJson);
        await readMaps(maps);
      },
    ),
  },
  "what a report tells": {
    sources: ["src/report/reading/readReportFacts.ts"],
    file: "environment.txt",
    seeds: [textSeed("numpy==1.24.4\ntorch==1.13.1\n")],
    bombs: { "a million lines": Buffer.from("a==1\n".repeat(1_000_000)) },
    ...within((maps) => join(maps, "environment.txt"), readReportFacts),
  },
  "threshold that was kept": {
    sources: ["src/maps/folder/keptThreshold.ts"],
    file: "threshold.json",
    seeds: [
      jsonSeed({
        version: 1,
        positive: "AD",
        rule: "youden",
        thresholds: [{ answers: "ensemble/best-BA", splits: [0, 1], value: 0.4 }],
      }),
    ],
    ...within(
      (maps) => mapsPlace(maps).group("test").thresholdJson,
      (maps) => readThresholds(mapsPlace(maps).group("test")),
    ),
  },
  "landmarks of a training set": {
    sources: ["src/maps/folder/landmarks.ts"],
    file: "landmarks.json",
    seeds: [jsonSeed({ version: 1, landmarks: [0, 0.5, 1] })],
    ...within(
      (maps) => mapsPlace(maps).split(0).landmarksJson,
      (maps) => readLandmarks(mapsPlace(maps).split(0)),
    ),
  },
  "people left out of a group": {
    sources: [],
    file: "left_out.tsv",
    seeds: [textSeed("participant_id\tsession_id\tbecause\nsub-01\tses-M000\tparticipant\n")],
    ...within(
      (maps) => mapsPlace(maps).group("test").leftOutTsv,
      (maps) => countLeftOut(mapsPlace(maps).group("test")),
    ),
  },
  "notes of runs": {
    sources: ["src/maps/folder/runNotes.ts"],
    file: "gyrus-runs.json",
    seeds: [
      jsonSeed({ version: 1, runs: { maps: { star: true, note: "first", group: "a", archived: false } } }),
    ],
    ...within(
      (maps) => notesIn(dirname(maps)),
      (maps) => readRunNotes(dirname(maps)),
    ),
  },
  "run in the trash": {
    sources: ["src/maps/folder/moveMaps.ts"],
    file: "deleted.json",
    seeds: [jsonSeed({ version: 1, from: "/data/maps", deleted: 1, note: { star: true } })],
    ...within(
      (maps) => join(dirname(maps), ".gyrus-trash", "one", "deleted.json"),
      (maps) => deletedMaps(dirname(maps)),
    ),
  },
  "record of an explanation in a report": {
    sources: ["src/maps/folder/interpretationRecord.ts"],
    file: "interpretation.json",
    seeds: [
      jsonSeed({
        method: "integrated-gradients",
        node: 1,
        findings: {
          weightsTest: { samples: 5, rank: 0.1, absoluteRank: 0.2, similarity: 0.3, depends: true },
          completeness: { samples: 9, meanChange: 2, meanGap: 0.01, largestGap: 0.02 },
        },
      }),
    ],
    ...within(
      (maps) =>
        join(mapsPlace(maps).split(0).best("loss").results("test").folder, "interpret-a/interpretation.json"),
      async (maps) => readExplanations(await openResults(maps), ["test"]),
    ),
  },
  "request to stop": {
    sources: ["src/maps/units/stopRequest.ts"],
    file: "stop.json",
    seeds: [jsonSeed({ when: "epoch", time: 1 })],
    ...within(
      (maps) => mapsPlace(maps).stopJson,
      (maps) => stopRequest(mapsPlace(maps)),
    ),
  },
  "place of a training among those of its machine": {
    sources: ["src/maps/units/workPlaces.ts"],
    file: "place.json",
    seeds: [
      jsonSeed({
        ...{ pid: process.pid, host: hostname(), since: Date.now(), maps: "/study/maps" },
        ...{ threads: 2, card: null, claimed: false },
      }),
    ],
    read: (file, folder) => {
      renameSync(file, join(folder, `${hostname()}-place.json`));
      return workPlaces(folder);
    },
  },
  "event log": {
    sources: [
      "src/maps/events/eventLog.ts",
      "src/maps/events/eventTail.ts",
      "src/maps/events/logEnd.ts",
      "src/run/eventCodec.ts",
    ],
    file: "events.jsonl",
    seeds: [log, fileSeed("former/stopped/split-0/training_logs/events.jsonl")],
    bombs: logBombs,
    ...within(
      (maps) => eventsOf(maps).eventsJsonl,
      async (maps) => {
        const { eventsJsonl } = eventsOf(maps);
        trackOfLogNow(eventsJsonl);
        await readLogEnd(eventsJsonl);
        await readCurves(eventsOf(maps), RULES);
        await readMaps(maps);
      },
    ),
  },
  "training table": {
    sources: ["src/maps/tables/trainingTsv.ts"],
    file: "training.tsv",
    seeds: [
      fileSeed("former/whole/split-0/training_logs/training.tsv"),
      textSeed("epoch\titeration\ttime\tloss_train\tloss_valid\n0\t0\t1.5\t0.7\t0.8\n"),
    ],
    read: (file) => readTrainingTsv(file),
  },
  "table of a group": {
    sources: ["src/maps/folder/groups.ts"],
    file: "data.tsv",
    seeds: [
      fileSeed("former/whole/groups/train/split-0/data.tsv"),
      fileSeed("former/whole/groups/train+validation.tsv"),
    ],
    prepare: (folder) => writeFileSync(join(folder, "maps.json"), "{}"),
    read: (_, folder) => readGroup(mapsPlace(folder).group("fuzz").at(folder)),
  },
  "settings of a group": {
    sources: [],
    file: "maps.json",
    seeds: [fileSeed("former/whole/groups/train/split-0/maps.json")],
    prepare: (folder) =>
      writeFileSync(join(folder, "data.tsv"), "participant_id\tsession_id\nsub-1\tses-1\n"),
    read: (_, folder) => readGroup(mapsPlace(folder).group("fuzz").at(folder)),
  },
  "people of a training": {
    sources: ["src/maps/folder/trainingSpace.ts"],
    file: "train+validation.tsv",
    seeds: [
      textSeed(
        "participant_id\tsession_id\tcohort\torientation\thandedness\tvoxel_size_x\tvoxel_size_y\tvoxel_size_z\ns\tt\tsingle\tRAS\tright\t1\t1\t1\n",
      ),
    ],
    prepare: (folder) => mkdirSync(join(folder, "groups"), { recursive: true }),
    read: async (file, folder) => {
      const { trainValidationTsv, trainingSpaceTsv } = mapsPlace(folder);
      cpSync(file, trainValidationTsv);
      renameSync(file, trainingSpaceTsv);
      await readTrainValidation(folder);
      await readTrainingSpace(folder);
    },
  },
  "hashes of a training": {
    sources: ["src/maps/folder/trainingScans.ts"],
    file: "scans.tsv",
    seeds: [textSeed("participant_id\tsession_id\tcohort\thash\nsub-1\tses-1\tsingle\tabc\n")],
    prepare: (folder) => mkdirSync(join(folder, "groups"), { recursive: true }),
    read: async (file, folder) => {
      renameSync(file, mapsPlace(folder).trainingScansTsv);
      await readTrainingScans(folder);
    },
  },
  "kept audit": {
    sources: ["src/maps/folder/keptAudit.ts"],
    file: "audit.json",
    seeds: [
      jsonSeed({
        version: 1,
        accepted: ["leaks"],
        findings: [
          { severity: "warning", message: "m", problems: [{ code: "split.leak", values: { count: 2 } }] },
        ],
      }),
    ],
    read: (_, folder) => readAudit(folder),
  },
  "planes of reconstructions": {
    sources: ["src/maps/reconstructions/planesFile.ts"],
    file: "epoch-0.planes",
    seeds: [
      {
        bytes: Buffer.concat([
          Buffer.from(
            '{"images":[{"size":[3,2,2],"affine":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]],"low":0,"high":1}]}\n',
          ),
          Buffer.alloc(3 * (4 + 6 + 6), 128),
        ]),
      },
    ],
    bombs: {
      "images that no file holds": Buffer.from(
        `{"images":[${Array(16).fill('{"size":[4096,4096,4096],"affine":[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]],"low":0,"high":1}').join()}]}\n`,
      ),
    },
    read: (file) => readPlanes(file),
  },
  predictions: {
    sources: ["src/maps/tables/predictionTsv.ts"],
    file: "prediction.tsv",
    seeds: [
      fileSeed("former/whole/split-0/best-loss/train/train_image_level_prediction.tsv"),
      fileSeed("former/reconstruction/split-0/best-loss/train/train_image_level_prediction.tsv"),
    ],
    read: async (file) => {
      for (const task of ["classification", "regression", "reconstruction"] as const)
        await readPredictions(file, task);
    },
  },
  metrics: {
    sources: ["src/maps/tables/metricsTsv.ts"],
    file: "metrics.tsv",
    seeds: [fileSeed("former/whole/split-0/best-BA/train/train_image_level_metrics.tsv")],
    read: (file) => readMetrics(file),
  },
};
