import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readJobs } from "../../cluster/records";
import { runSlurm } from "../../cluster/slurm";
import { type SubmitRequest, scriptsOf, submitJobs, submitProblems } from "../../cluster/submitJobs";
import { numbered, unitsOf } from "../../cluster/unitsLeft";
import type { Experiment } from "../../experiment/experiment";
import { problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError, isError } from "../../experiment/problems/problem";
import { newMapsProblems } from "../../maps/folder/createMaps";
import { mapsPlace } from "../../maps/folder/place";
import { lookAt } from "../../training/run/joinResults";
import { experimentOfMaps } from "../../training/run/resumeTraining";
import { otherSettings } from "../../training/run/sameSettings";
import { defineCommand } from "../command";
import { ACCEPT_OPTIONS, acceptedBy } from "../commandLine/acceptOptions";
import { clusterOptions, profileFor } from "../commandLine/clusterOptions";
import { EXPERIMENT_ARGUMENT } from "../commandLine/experimentArgument";
import { misuse } from "../commandLine/usageError";
import { loadExperiment } from "../runExperiment";
import { confirm } from "../terminal/confirm";

export const submit = defineCommand({
  name: "submit",
  summary:
    "Trains the experiment of a file on a cluster with SLURM: each split, or each network of a part, is a task.",
  arguments: [EXPERIMENT_ARGUMENT],
  options: {
    output: {
      kind: "text",
      value: "MAPS",
      text: "folder of the MAPS, on a disk that all nodes share; of one that was begun what is missing is submitted",
      completes: "folder",
    },
    ...clusterOptions("experiment"),
    ...ACCEPT_OPTIONS,
  },
  remarks: [
    "Reads tables here, and of images at most one header: a first job checks them and makes the MAPS, the tasks train, a last job joins the results.",
    "A task that comes to its time limit keeps a checkpoint and goes back to the queue until it is done. docs/cluster.md says more.",
  ],
  examples: [
    "submit ad-cn.experiment.json --output maps --dry-run",
    "submit ad-cn.experiment.json --output maps --profile gpu.json --yes",
  ],
  async run({ EXPERIMENT: file }, { output, profile: named, yes, ...options }, terminal) {
    if (output === undefined) throw misuse("usage.missing", { words: "--output MAPS" });
    const maps = resolve(output);
    const experiment = await loadExperiment(file, terminal);
    const { profile, profileFile } = await profileFor(dirname(resolve(file)), named);
    const accepted = [...acceptedBy(options)].map((name) => `--accept-${name}`);
    const request: SubmitRequest = {
      experiment: resolve(file),
      maps,
      profile,
      profileFile,
      program: thisProgram(),
      units: await unitsFor(experiment, maps),
      // Each node would choose by its own measurements, and the folds by different engines.
      engine: experiment.engine === "auto" && profile.gpu === undefined ? "onnx" : experiment.engine,
      words: accepted,
    };
    const scripts = scriptsOf(request);
    const texts = [scripts.check, scripts.array, scripts.join].filter((text) => text !== null);
    const problems = await submitProblems(request, runSlurm);
    for (const found of problems) if (!isError(found)) terminal.warn(found);
    // The scripts can be read where no scheduler answers too.
    if (options["dry-run"]) {
      const show = () => terminal.print(texts.join("\n"));
      return { result: { maps, units: request.units, scripts }, show };
    }
    if (problems.some(isError)) throw new InputError(problems);
    if (!yes && (await readJobs(maps)) === null) {
      for (const text of texts) terminal.say(text);
      if (!(await confirm(terminal.text("submit-question")))) throw refuse("cluster.not-confirmed", {});
    }
    const { id, jobs, units } = await submitJobs(request, runSlurm);
    const numbers = Object.values(jobs).filter((job) => job !== null);
    const values = { jobs: numbers, units: units.length, maps };
    return {
      result: { maps, units, jobs, id },
      show: () => terminal.say(terminal.text("submit-jobs", values)),
    };
  },
});

/** How this very program is started again, on a node that sees the same disks. */
export const thisProgram = () => ({
  node: process.execPath,
  editor: process.versions.electron !== undefined,
  cli: resolve(process.argv[1] ?? ""),
});

async function unitsFor(experiment: Experiment, maps: string) {
  const { mapsJson } = mapsPlace(maps);
  if (!existsSync(mapsJson)) {
    const problems = await newMapsProblems(maps);
    if (problems.length > 0) throw new InputError(problems);
    return await unitsOf(experiment);
  }
  const theirs = await experimentOfMaps(maps);
  const found = otherSettings(
    { ...experiment, label_code: experiment.label_code ?? theirs.label_code },
    theirs,
  );
  if (found.length > 0)
    throw new InputError(
      found.map(({ key, ...values }) =>
        problem("join.other-setting", { file: mapsJson, where: key }, { key, ...values }),
      ),
    );
  const { open } = await lookAt(maps);
  if (open.length === 0) throw refuse("cluster.nothing-left", { file: maps });
  return numbered(open.flatMap(({ split, missing }) => missing.map((network) => ({ split, network }))));
}
