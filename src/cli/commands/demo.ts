import { join, resolve } from "node:path";
import { type DemoStudy, writeDemo } from "../../data/demo/demoCaps";
import type { ProblemCode } from "../../experiment/problems/table";
import { newMapsProblems } from "../../maps/folder/createMaps";
import type { ShownMetrics } from "../../statistics/metrics/compute";
import { predictGroup } from "../../training/results/predictGroup";
import type { TrainingOutcome } from "../../training/run/runOptions";
import { type CommandTerminal, defineCommand } from "../command";
import { writeDemoExperiments, writeMoreStudies } from "../demoExperiments";
import { chooseEngine } from "../engines/chooseEngine";
import { engineFolders } from "../engines/engineFolders";
import { loadExperiment, outcomeOf, runExperiment } from "../runExperiment";
import type { Say } from "../terminal/words";

export const demo = defineCommand({
  name: "demo",
  summary: "Makes demo brains, trains a 3D CNN to tell two groups of them apart, and keeps the result.",
  arguments: [],
  options: {
    output: {
      kind: "text",
      value: "FOLDER",
      default: "demo",
      text: "folder of the demo: its CAPS, its tables, its experiment files and a MAPS",
      completes: "folder",
    },
    seed: { kind: "whole", value: "N", least: 0, default: 0, text: "of the brains and of the training" },
    "data-only": {
      kind: "flag",
      text: "makes the brains, the tables and the experiment files, and trains nothing",
    },
  },
  examples: ["demo", "demo --data-only --output my-demo"],
  async run(_given, options, terminal, words) {
    const folder = resolve(options.output);
    const { seed } = options;
    terminal.say(terminal.text("making-brains", { folder }));
    const study = await writeDemo(folder, { seed, onProgress: brainProgress(terminal) });
    terminal.say(terminal.text("making-other-studies"));
    const more = await writeMoreStudies(folder, seed, brainProgress(terminal));
    const experiment = await writeDemoExperiments({ folder, study, more, seed });
    if (options["data-only"]) {
      terminal.say(terminal.text("demo-experiment", { file: experiment, folder: join(folder, "more") }));
      return { result: { folder, experiment } };
    }
    const maps = await usableName(join(folder, "maps"));
    const asked = await loadExperiment(experiment, terminal);
    const trained = await runExperiment(asked, maps, ["demo", ...words], terminal);
    for (const line of await findings(trained, study, terminal.text)) terminal.say(line);
    const outcome = outcomeOf(trained);
    return { ...outcome, result: { folder, experiment, ...outcome.result } };
  },
});

/** A moving line where there is one, a line for each quarter elsewhere. */
function brainProgress(terminal: CommandTerminal): (done: number, of: number) => void {
  let quarters = 0;
  return (done, of) => {
    const text = terminal.text("brain", { done, of });
    terminal.draw(done === of ? "" : text);
    const reached = Math.floor((4 * done) / of);
    if (terminal.columns === null && reached > quarters) terminal.say(`  ${text}`);
    quarters = reached;
  };
}

/** `path`, or `path-2`, `path-3` ...: an earlier result is never overwritten, what was only begun is begun again. */
async function usableName(path: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : `${path}-${number}`;
    const problems = await newMapsProblems(candidate);
    if (!problems.some(({ code }) => TAKEN.includes(code))) return candidate;
  }
}

const TAKEN: readonly string[] = [
  "maps.exists",
  "maps.begun",
  "maps.not-empty",
  "maps.is-file",
] satisfies ProblemCode[];

/** What the training found, in words: on the participants that chose the model, and on others that nothing has seen. */
async function findings(
  { maps, splits, reason }: TrainingOutcome,
  study: DemoStudy,
  say: Say,
): Promise<string[]> {
  const best = splits[0]?.best.BA;
  if (best === undefined || reason === "stopped" || reason === "failed") return [];
  const { results } = await predictGroup(
    { maps, group: "test", caps: study.caps, tsv: study.test, metrics: ["BA"] },
    { engine: await chooseEngine("auto", { threads: 0, folders: engineFolders() }) },
  );
  const test = results[0]?.metrics?.[0];
  const people: readonly (readonly [string, ShownMetrics])[] = [
    [say("demo-validation"), best.validation],
    ...(test === undefined ? [] : [[say("demo-test"), test] as const]),
  ];
  const width = 1 + Math.max(...people.map(([who]) => who.length));
  return [
    "",
    say("best-of-demo", { epoch: best.epoch + 1 }),
    ...people.map(([who, metrics]) => `  ${`${who}:`.padEnd(width)}   ${inWords(metrics, say)}`),
    "",
    say("demo-result", { maps }),
  ];
}

function inWords({ BA, sensitivity, specificity }: ShownMetrics, say: Say): string {
  const share = (value: number | null | undefined) => value?.toFixed(3) ?? "-";
  return say("demo-metrics", {
    accuracy: share(BA),
    sensitivity: share(sensitivity),
    specificity: share(specificity),
  });
}
