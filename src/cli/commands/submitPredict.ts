import { dirname } from "node:path";
import { readPrediction } from "../../cluster/predictions";
import { runSlurm } from "../../cluster/slurm";
import {
  type PredictionJobs,
  predictionProblems,
  predictionScripts,
  submitPrediction,
} from "../../cluster/submitPrediction";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError, isError } from "../../experiment/problems/problem";
import { mapsPlace } from "../../maps/folder/place";
import { checkGroupName } from "../../training/results/groupName";
import { predictionKey, readPart } from "../../training/results/partAnswers";
import { makeResultsFolder, resultsFolder } from "../../training/results/resultsFolder";
import { openMaps, selectModels } from "../../training/results/trainedMaps";
import { defineCommand } from "../command";
import { clusterOptions, profileFor } from "../commandLine/clusterOptions";
import { GROUP_ARGUMENTS } from "../commandLine/groupOptions";
import { PART_OPTIONS, partedRequest, partWords } from "../commandLine/partOptions";
import { confirm } from "../terminal/confirm";
import { thisProgram } from "./submit";

export const submitPredict = defineCommand({
  name: "submit-predict",
  summary:
    "Predicts new data as `gyrus predict` does, on a cluster with SLURM: each part of the group is a task.",
  arguments: GROUP_ARGUMENTS,
  options: {
    ...PART_OPTIONS,
    ...clusterOptions("MAPS"),
  },
  remarks: [
    "The last job writes the tables that `gyrus predict` would write alone, or names what is missing; the same command again submits that.",
  ],
  examples: ["submit-predict maps test --caps caps --tsv test_baseline.tsv --parts 20 --yes"],
  async run({ MAPS, GROUP: group }, options, terminal) {
    const request = partedRequest(MAPS, group, options);
    const { maps } = request;
    await checkGroupName(request);
    const trained = await openMaps(maps);
    const selected = await selectModels(maps, request);
    const output = await resultsFolder(request, selected);
    const { profile, profileFile } = await profileFor(dirname(maps), options.profile);
    // Each node would choose by its own measurements.
    const engine = options.engine === "auto" && profile.gpu === undefined ? "onnx" : options.engine;
    const { parts } = options;
    const words = partWords(request, { engine, parts });
    const jobs: PredictionJobs = {
      ...{ profile, profileFile, program: thisProgram(), words, parts, engine },
      folder: mapsPlace(output).predictionJobs(group),
      key: await predictionKey(trained, selected, { words, threads: profile.cpus }),
    };
    const left = await partsLeft(jobs);
    const scripts = predictionScripts(jobs, left);
    const texts = [scripts.array, scripts.join].filter((text) => text !== null);
    const problems = await predictionProblems(jobs, runSlurm);
    for (const found of problems) if (!isError(found)) terminal.warn(found);
    // The scripts can be read where no scheduler answers too.
    if (options["dry-run"])
      return { result: { maps, group, parts: left, scripts }, show: () => terminal.print(texts.join("\n")) };
    if (problems.some(isError)) throw new InputError(problems);
    if (!options.yes) {
      for (const text of texts) terminal.say(text);
      if (!(await confirm(terminal.text("submit-question")))) throw refuse("cluster.not-confirmed", {});
    }
    await makeResultsFolder(maps, output);
    const { id, jobs: given } = await submitPrediction(jobs, left, runSlurm);
    const numbers = Object.values(given).filter((job) => job !== null);
    return {
      result: { maps, group, parts: left, jobs: given, id },
      show: () =>
        terminal.say(terminal.text("submit-parts", { jobs: numbers, parts: left.length, of: parts, group })),
    };
  },
});

/** Parts that are not answered yet: all where something else was asked before, or its tables are written. */
async function partsLeft({ folder, key, parts }: PredictionJobs): Promise<number[]> {
  const all = [...Array(parts).keys()];
  const before = await readPrediction(folder);
  if (before === null || before.joined || before.key !== key) return all;
  const answered = await Promise.all(all.map((part) => readPart(folder, part, key)));
  return all.filter((part) => answered[part] === null);
}
