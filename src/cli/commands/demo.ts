import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type DemoStudy, writeDemo } from "../../data/demo/demoCaps";
import type { Metrics } from "../../run/events";
import { predictGroup } from "../../training/results/predictGroup";
import type { TrainingOutcome } from "../../training/run/runTraining";
import { parseWords, wholeNumber } from "../arguments";
import { chooseEngine } from "../chooseEngine";
import { type Command, EXIT, type Terminal, UsageError } from "../command";
import { secondSite, writeDemoExperiments } from "../demoExperiments";
import { engineFolders } from "../engineFolders";
import { exitCodeOf, loadExperiment, outcomeAsJson, runExperiment } from "../runExperiment";

/** Participants of the second site. */
const SECOND_SITE = 48;

export const demo: Command = {
  name: "demo",
  usage: "demo [--output DIR] [--seed N] [--data-only] [--json]",
  summary: "Makes demo brains, trains a 3D CNN to tell two groups of them apart, and keeps the result.",
  help: [
    "--output     folder of the demo (default demo): its CAPS, its tables, its experiment files and a MAPS",
    "--seed       of the brains and of the training (default 0)",
    "--data-only  makes the brains, the tables and the experiment files, and trains nothing",
    "--json       prints one JSON object, as `gyrus train` does",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      output: { type: "string", default: "demo" },
      seed: { type: "string" },
      "data-only": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    });
    if (positionals[0] !== undefined) throw new UsageError(`"${positionals[0]}" is one word too many.`);
    const folder = resolve(values.output);
    const seed = wholeNumber("seed", values.seed, 0) ?? 0;

    terminal.say(`Making demo brains in ${folder} ...`);
    const study = await writeDemo(folder, { seed, onProgress: brainProgress(terminal) });
    terminal.say("Making those of a second site ...");
    const second = await writeDemo(secondSite(folder), {
      seed: seed + 1,
      participants: SECOND_SITE,
      onProgress: brainProgress(terminal),
    });
    const file = await writeDemoExperiments({ folder, study, second, seed });
    if (values["data-only"]) {
      terminal.say(`Its experiment file is ${file}; in ${join(folder, "more")} there are others to try.`);
      return EXIT.done;
    }
    const maps = unusedName(join(folder, "maps"));
    const outcome = await runExperiment(loadExperiment(file, terminal), maps, ["demo", ...words], terminal);
    if (values.json) terminal.print(outcomeAsJson(outcome));
    for (const line of await findings(outcome, study)) terminal.say(line);
    return exitCodeOf(outcome, terminal);
  },
};

/** A moving line where there is one, a line for each quarter elsewhere. */
function brainProgress(terminal: Terminal): (done: number, of: number) => void {
  let quarters = 0;
  return (done, of) => {
    terminal.draw(done === of ? "" : `brain ${done}/${of}`);
    const reached = Math.floor((4 * done) / of);
    if (terminal.columns === null && reached > quarters) terminal.say(`  brain ${done}/${of}`);
    quarters = reached;
  };
}

/** `path`, or `path-2`, `path-3` ...: an earlier result is never overwritten. */
function unusedName(path: string): string {
  if (!existsSync(path)) return path;
  for (let number = 2; ; number++) {
    const candidate = `${path}-${number}`;
    if (!existsSync(candidate)) return candidate;
  }
}

/** What the training found, in words: on the participants that chose the model, and on others that nothing has seen. */
async function findings({ maps, splits, reason }: TrainingOutcome, study: DemoStudy): Promise<string[]> {
  const best = splits[0]?.best.BA;
  if (best === undefined || reason === "stopped" || reason === "failed") return [];
  const { results } = await predictGroup(
    { maps, group: "test", caps: study.caps, tsv: study.test, metrics: ["BA"] },
    { engine: await chooseEngine("auto", { threads: 0, folders: engineFolders() }) },
  );
  const test = results[0]?.metrics?.[0];
  return [
    "",
    `Best model by balanced accuracy: epoch ${best.epoch + 1}.`,
    `  validation (participants that chose it):      ${inWords(best.validation)}`,
    ...(test === undefined ? [] : [`  test (participants that it has never seen):   ${inWords(test)}`]),
    "",
    `The result is in ${maps}, a MAPS as ClinicaDL makes it; in VS Code, open the folder of the demo.`,
  ];
}

function inWords({ BA, sensitivity, specificity }: Metrics): string {
  const share = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(3));
  return `balanced accuracy ${share(BA)}, finds ${share(sensitivity)} of AD and ${share(specificity)} of CN`;
}
