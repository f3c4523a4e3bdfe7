/**
 * `npm run bench`, or `npm run bench -- --python /usr/bin/python3` to hold the same contests with PyTorch.
 *   --python PATH    a Python that has torch and nibabel
 *   --threads N      of each program (default: all cores)
 *   --rounds N       most repetitions of each row (default 9)
 *   --seconds N      of each row, after which no new round begins; there are two in any case (default 20)
 *   --only TEXT      rows whose name contains it
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { engineFolders } from "../../src/cli/engineFolders";
import { processTerminal } from "../../src/cli/processTerminal";
import { findTensorFlow } from "../../src/engine/tensorflow/findTensorFlow";
import { type Figures, hold } from "./contest";
import type { Contest } from "./contestant";
import { competeWithNetwork, networkContests, networkTitle } from "./networks";
import { GRADIENTS, measureAdam } from "./optimizers";
import { competeInReading, withReadingContest } from "./reading";
import { beginTable } from "./table";

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    threads: { type: "string", default: String(availableParallelism()) },
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "20" },
    only: { type: "string", default: "" },
    // How the bench starts itself as a contestant.
    contest: { type: "string" },
    engine: { type: "string", default: "onnx" },
  },
});

if (values.contest === undefined) await printTables();
else await takePart(JSON.parse(values.contest) as Contest);

async function takePart(contest: Contest): Promise<void> {
  switch (contest.group) {
    case "network":
      return competeWithNetwork(contest, values.engine === "tensorflow" ? "tensorflow" : "onnx");
    case "reading":
      return competeInReading(contest);
  }
}

interface Competitor {
  readonly name: string;
  /** The program that takes part in `contest`, if it does. */
  command(contest: Contest): readonly string[] | undefined;
}

async function printTables(): Promise<void> {
  const terminal = processTerminal();
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  const own = [process.execPath, fileURLToPath(import.meta.url)];
  const rivals = rivalsOf(own);
  const competitors = [{ name: "Gyrus", command: () => [...own, "--contest"] }, ...rivals];
  const chosen = (title: string) => title.includes(values.only);
  const networks = networkContests(Number(values.threads)).filter((contest) => chosen(networkTitle(contest)));
  const readingTitle = "reading and normalising 169x208x179, .nii.gz";

  terminal.print(`${values.threads} threads; medians of the rounds, in each of which all run in turn\n`);
  const ofEach = ["ms", "CPU ms", "peak MB"];
  const ofRival = (name: string) =>
    [name, `to ${name}`].flatMap((column) => ofEach.map((figure) => `${column} ${figure}`));
  const row = beginTable(
    ["rounds", ...ofEach, ...rivals.flatMap(({ name }) => ofRival(name))],
    [...networks.map(networkTitle), readingTitle],
    terminal.print,
  );
  const compete = async (title: string, contest: Contest) => {
    const onRound = (round: number) =>
      terminal.draw(`${title}: ${round === 0 ? "starting" : `round ${round}`}`);
    const commands = competitors.map(({ command }) => command(contest));
    const result = await hold(commands, contest, { rounds, seconds, onRound });
    terminal.draw("");
    row(title, [String(result.rounds), ...cells(result.figures)]);
  };
  for (const contest of networks) await compete(networkTitle(contest), contest);
  if (chosen(readingTitle)) await withReadingContest((contest) => compete(readingTitle, contest));

  const adamTitle = (gradient: string) => `Adam, 42 million parameters, ${gradient}`;
  const gradients = GRADIENTS.filter((gradient) => chosen(adamTitle(gradient)));
  if (gradients.length === 0) return;
  terminal.print("");
  const adamRow = beginTable(["fastest ms"], gradients.map(adamTitle), terminal.print);
  for (const gradient of gradients) adamRow(adamTitle(gradient), [measureAdam(gradient, rounds).toFixed(0)]);
}

/** What else is there: the other engine where it is installed, and PyTorch where a Python is named. */
function rivalsOf(own: readonly string[]): Competitor[] {
  const rivals: Competitor[] = [];
  if (findTensorFlow(engineFolders()).length > 0) {
    const command = [...own, "--engine", "tensorflow", "--contest"];
    rivals.push({
      name: "TensorFlow",
      command: ({ group }) => (group === "network" ? command : undefined),
    });
  }
  const { python } = values;
  if (python !== undefined) {
    const program = (file: string) => fileURLToPath(new URL(`../test/bench/${file}`, import.meta.url));
    rivals.push({
      name: "PyTorch",
      command: ({ group }) => [python, "-B", program(group === "network" ? "networks.py" : "reading.py")],
    });
  }
  return rivals;
}

/** Figures of Gyrus, then of each rival with the ratios to it. */
function cells([own, ...others]: readonly (Figures | undefined)[]): string[] {
  if (own === undefined) throw new Error("Gyrus could not take part.");
  const numbers = ({ wall, cpu, peak }: Figures) => [wall, cpu, peak];
  const whole = (figures: Figures) => numbers(figures).map((value) => value.toFixed(0));
  const ratios = (other: Figures) =>
    numbers(own).map((value, index) => (value / numbers(other)[index]!).toFixed(2));
  const absent = Array<string>(6).fill("-");
  return [
    ...whole(own),
    ...others.flatMap((other) => (other === undefined ? absent : [...whole(other), ...ratios(other)])),
  ];
}
