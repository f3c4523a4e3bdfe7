/**
 * `npm run bench`, or `npm run bench -- --python /usr/bin/python3` to hold the same contests with PyTorch.
 *   --python PATH    a Python that has torch
 *   --engine NAME    of a contestant: onnx (default) or tensorflow, which competes where it is installed
 *   --threads N      of each program (default: all cores)
 *   --rounds N       repetitions of each row (default 9)
 *   --only TEXT      rows whose name contains it
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { engineFolders } from "../../src/cli/engineFolders";
import { findTensorFlow } from "../../src/engine/tensorflow/findTensorFlow";
import { type Figures, hold } from "./contest";
import type { Contest } from "./contestant";
import { competeWithNetwork, networkContests, title } from "./networks";
import { measureStep } from "./optimizers";
import { table } from "./table";

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    threads: { type: "string", default: String(availableParallelism()) },
    rounds: { type: "string", default: "9" },
    only: { type: "string", default: "" },
    engine: { type: "string", default: "onnx" },
    contest: { type: "string" },
  },
});

if (values.contest === undefined) await printTables();
else {
  const engine = values.engine === "tensorflow" ? "tensorflow" : "onnx";
  await competeWithNetwork(JSON.parse(values.contest) as Contest, engine);
}

interface Rival {
  readonly name: string;
  readonly command: readonly string[];
}

async function printTables(): Promise<void> {
  const self = [process.execPath, fileURLToPath(import.meta.url)];
  const rivals = rivalsOf(self);
  const commands = [[...self, "--contest"], ...rivals.map(({ command }) => command)];
  const rows: string[][] = [];
  for (const contest of networkContests(Number(values.threads))) {
    if (!title(contest).includes(values.only)) continue;
    const figures = await hold(commands, contest, Number(values.rounds));
    rows.push([title(contest), ...cells(figures)]);
    process.stderr.write(`${title(contest)}\n`);
  }
  const ofEach = ["ms", "CPU ms", "peak MB"];
  const head = [
    "",
    ...ofEach,
    ...rivals.flatMap(({ name }) => [
      ...ofEach.map((figure) => `${name} ${figure}`),
      ...ofEach.map((figure) => `to ${name} ${figure}`),
    ]),
  ];
  console.log(`${values.threads} threads, medians of ${values.rounds} repetitions in turn\n`);
  console.log(table([head, ...rows]));

  const adam = measureStep("Adam", Number(values.rounds));
  console.log("\nAdam for 42 million parameters, the fastest repetition\n");
  console.log(
    table([
      ["gradient", "ms"],
      ...adam.map(({ gradient, milliseconds }) => [gradient, milliseconds.toFixed(0)]),
    ]),
  );
}

/** What else is there: the other engine where it is installed, and PyTorch where a Python is named. */
function rivalsOf(self: readonly string[]): Rival[] {
  const rivals: Rival[] = [];
  if (findTensorFlow(engineFolders()).length > 0) {
    rivals.push({ name: "TensorFlow", command: [...self, "--engine", "tensorflow", "--contest"] });
  }
  if (values.python !== undefined) {
    const program = fileURLToPath(new URL("../test/bench/pytorch.py", import.meta.url));
    rivals.push({ name: "PyTorch", command: [values.python, program] });
  }
  return rivals;
}

/** Figures of onnxruntime, then of each rival with the ratios to it. */
function cells([own, ...others]: readonly Figures[]): string[] {
  const numbers = ({ wall, cpu, peak }: Figures) => [wall, cpu, peak];
  const whole = (figures: Figures) => numbers(figures).map((value) => value.toFixed(0));
  if (own === undefined) return [];
  const ratios = (other: Figures) =>
    numbers(own).map((value, index) => (value / numbers(other)[index]!).toFixed(2));
  return [...whole(own), ...others.flatMap((other) => [...whole(other), ...ratios(other)])];
}
