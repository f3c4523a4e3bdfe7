/**
 * `npm run bench`, or `npm run bench -- --python /usr/bin/python3` to hold the same contests with PyTorch.
 *   --python PATH    a Python that has torch
 *   --threads N      of each program (default: all cores)
 *   --rounds N       repetitions of each row (default 9)
 *   --only TEXT      rows whose name contains it
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
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
    contest: { type: "string" },
  },
});

if (values.contest === undefined) await printTables();
else await competeWithNetwork(JSON.parse(values.contest) as Contest);

async function printTables(): Promise<void> {
  const self = [process.execPath, fileURLToPath(import.meta.url), "--contest"];
  const pytorch =
    values.python === undefined
      ? []
      : [[values.python, fileURLToPath(new URL("../test/bench/pytorch.py", import.meta.url))]];
  const rows: string[][] = [];
  for (const contest of networkContests(Number(values.threads))) {
    if (!title(contest).includes(values.only)) continue;
    const figures = await hold([self, ...pytorch], contest, Number(values.rounds));
    rows.push([title(contest), ...cells(figures)]);
    process.stderr.write(`${title(contest)}\n`);
  }
  const ofEach = ["ms", "CPU ms", "peak MB"];
  const head =
    pytorch.length === 0
      ? ["", ...ofEach]
      : ["", ...ofEach, ...ofEach.map((name) => `PyTorch ${name}`), ...ofEach.map((name) => `ratio ${name}`)];
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

function cells([own, other]: readonly Figures[]): string[] {
  const numbers = ({ wall, cpu, peak }: Figures) => [wall, cpu, peak];
  const whole = (figures: Figures) => numbers(figures).map((value) => value.toFixed(0));
  if (own === undefined) return [];
  if (other === undefined) return whole(own);
  const ratios = numbers(own).map((value, index) => (value / numbers(other)[index]!).toFixed(2));
  return [...whole(own), ...whole(other), ...ratios];
}
