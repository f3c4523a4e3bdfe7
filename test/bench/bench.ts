/**
 * `npm run bench`, or `npm run bench -- --python /usr/bin/python3` to hold the same contests with PyTorch.
 *   --python PATH    a Python that has torch and nibabel; for the transforms torchio
 *   --former FOLDER  a checkout of a former commit after `npm run build`: adds the ratio to it, pair by pair
 *   --against FILE   a module of another program (otherProgram.ts) takes part in the contests of networks, beside the card
 *   --threads N      of each program (default: all cores)
 *   --rounds N       most repetitions of each row (default 9)
 *   --seconds N      of each row, after which no new round begins; there are two in any case (default 20)
 *   --step MS        of the device that waits for images, instead of a tenth of the processor's
 *   --software-card  a card that the processor plays takes part, and its kernels are measured
 *   --only PATTERN   rows whose name matches it, a regular expression
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { engineFolders } from "../../src/cli/engines/engineFolders";
import { processTerminal } from "../../src/cli/terminal/processTerminal";
import { openDevice } from "../../src/engine/webgpu/device/openDevice";
import { probeCard } from "../../src/engine/webgpu/device/probeCard";
import { openSoftwareDevice } from "../support/webGpu";
import { cellsOf, columnsOf, competitorsOf, type Rivals } from "./competitors";
import { hold } from "./contest";
import type { Contest, NetworkContest } from "./contestant";
import { KERNEL_COLUMNS, measureKernels } from "./deviceKernels";
import { type KernelRow, kernelRows, kernelTitle } from "./kernelRows";
import { type BenchEngine, competeWithNetwork, networkContests, networkTitle } from "./networks";
import { type MeasuredStep, measureStep, STEPS } from "./optimizers";
import { competeWithProgram } from "./otherProgram";
import { competeInReading, withReadingContest } from "./reading";
import { beginTable } from "./table";
import { competeInTransforms, TRANSFORMS_TITLE, transformsContest } from "./transforms";
import { measureWaiting, type StoredAs, WAITING, waitingTitle } from "./waiting";

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    former: { type: "string" },
    against: { type: "string" },
    threads: { type: "string", default: String(availableParallelism()) },
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "20" },
    step: { type: "string" },
    "software-card": { type: "boolean", default: false },
    only: { type: "string", default: "" },
    // How the bench starts itself as a contestant.
    contest: { type: "string" },
    engine: { type: "string", default: "onnx" },
    device: { type: "string" },
  },
});

const READING_TITLE = "reading and normalising 169x208x179, .nii.gz";
const stepTitle = ({ name, gradient }: MeasuredStep) => `${name}, 42 million parameters, ${gradient}`;
const terminal = processTerminal();

if (values.contest === undefined) await printTables();
else await takePart(JSON.parse(values.contest) as Contest);

async function takePart(contest: Contest): Promise<void> {
  switch (contest.group) {
    case "network":
      if (values.against !== undefined)
        return competeWithProgram(contest, values.against, values["software-card"]);
      return competeWithNetwork(contest, engineNamed(values.engine), values.device);
    case "reading":
      return competeInReading(contest);
    case "transforms":
      return competeInTransforms(contest);
  }
}

function engineNamed(name: string): BenchEngine {
  const known = (["onnx", "webgpu", "tensorflow", "software-card"] as const).find((each) => each === name);
  if (known === undefined) throw new Error(`There is no engine ${name}.`);
  return known;
}

/** The card that programs take, where there is one. */
async function cardOf(): Promise<{ readonly name: string; readonly words: readonly string[] } | undefined> {
  if (values["software-card"]) return { name: "software card", words: ["--engine", "software-card"] };
  const probe = await probeCard({});
  if (!("opened" in probe)) return undefined;
  const { name } = probe.opened;
  return { name, words: ["--engine", "webgpu", "--device", name] };
}

async function printTables(): Promise<void> {
  const only = new RegExp(values.only);
  const chosen = (title: string) => only.test(title);
  const contests = networkContests(Number(values.threads)).filter((contest) => chosen(networkTitle(contest)));
  const withReading = chosen(READING_TITLE);
  const withTransforms = chosen(TRANSFORMS_TITLE);
  const steps = STEPS.filter((step) => chosen(stepTitle(step)));
  const kernels = kernelRows().filter((row) => chosen(kernelTitle(row)));
  const onCards = contests.length > 0 || kernels.length > 0;
  const card = onCards ? await cardOf() : undefined;
  if (contests.length > 0 || withReading || withTransforms)
    await printContests(contests, withReading, withTransforms, card === undefined ? [] : [card]);
  if (kernels.length > 0 && card !== undefined) await printKernels(kernels, card.name);
  if (steps.length > 0) {
    printSteps(steps);
    terminal.print("");
  }
  const waiting = WAITING.filter((type) => chosen(waitingTitle(type)));
  if (waiting.length > 0) await printWaiting(waiting);
  if (!onCards && !withReading && !withTransforms && steps.length === 0 && waiting.length === 0) {
    terminal.say(`No row's name matches "${values.only}".`);
    process.exitCode = 2;
  }
}

async function printContests(
  contests: readonly NetworkContest[],
  withReading: boolean,
  withTransforms: boolean,
  cards: Rivals["cards"],
): Promise<void> {
  const own = [process.execPath, fileURLToPath(import.meta.url)];
  const competitors = competitorsOf(own, {
    engineFolders: engineFolders(),
    python: values.python,
    former: values.former,
    cards,
    against:
      values.against === undefined
        ? undefined
        : { file: values.against, words: values["software-card"] ? ["--software-card"] : [] },
  });
  terminal.print(`${values.threads} threads; medians of the rounds, in each of which all run in turn\n`);
  const row = beginTable(
    ["rounds", ...columnsOf(competitors)],
    [...contests.map(networkTitle), READING_TITLE, TRANSFORMS_TITLE],
    terminal.print,
  );
  const compete = async (title: string, contest: Contest) => {
    const onRound = (round: number) =>
      terminal.draw(`${title}: ${round === 0 ? "starting" : `round ${round}`}`);
    const commands = competitors.map(({ command }) => command(contest));
    const rules = { rounds: Number(values.rounds), seconds: Number(values.seconds), onRound };
    const result = await hold(commands, contest, rules);
    terminal.draw("");
    row(title, [String(result.rounds), ...cellsOf(competitors, result.figures)]);
  };
  for (const contest of contests) await compete(networkTitle(contest), contest);
  if (withReading) await withReadingContest((contest) => compete(READING_TITLE, contest));
  if (withTransforms) await compete(TRANSFORMS_TITLE, transformsContest(Number(values.threads)));
  terminal.print("");
}

async function printKernels(rows: readonly KernelRow[], name: string): Promise<void> {
  // On a software card the processor's time, of all threads together, says more than the clock of a busy machine.
  const software = values["software-card"];
  const open = software ? await openSoftwareDevice() : await openDevice({ wanted: name });
  const columns = (mark: string) => [
    ...KERNEL_COLUMNS.map((column) => `${mark}${column} ms`),
    `${mark}plain / fast`,
  ];
  const row = beginTable(
    ["rounds", ...columns(""), ...(software ? columns("CPU: ") : [])],
    rows.map(kernelTitle),
    terminal.print,
  );
  const [rounds, seconds, threads] = [Number(values.rounds), Number(values.seconds), Number(values.threads)];
  for (const each of rows) {
    const measured = await measureKernels(open, each, { rounds, seconds, threads });
    const { times } = measured;
    const numbers = (figure: "wall" | "cpu") => [
      ...KERNEL_COLUMNS.map((column) => times[column][figure].toFixed(1)),
      (times.plain[figure] / times.fast[figure]).toFixed(1),
    ];
    row(kernelTitle(each), [
      String(measured.rounds),
      ...numbers("wall"),
      ...(software ? numbers("cpu") : []),
    ]);
  }
  open.device.destroy();
  terminal.print("");
}

async function printWaiting(types: readonly StoredAs[]): Promise<void> {
  const row = beginTable(
    ["step ms", "waits in the first epoch", "in the second"],
    types.map(waitingTitle),
    terminal.print,
  );
  for (const type of types) {
    const given = values.step === undefined ? undefined : Number(values.step);
    const { step, shares } = await measureWaiting(type, Number(values.threads), given);
    row(waitingTitle(type), [step.toFixed(0), ...shares.map((share) => `${(100 * share).toFixed(1)} %`)]);
  }
}

function printSteps(steps: readonly MeasuredStep[]): void {
  const row = beginTable(["fastest ms"], steps.map(stepTitle), terminal.print);
  for (const step of steps) row(stepTitle(step), [measureStep(step, Number(values.rounds)).toFixed(0)]);
}
