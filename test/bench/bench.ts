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
import { cellsOf, columnsOf, competitorsOf } from "./competitors";
import { hold } from "./contest";
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

async function printTables(): Promise<void> {
  const terminal = processTerminal();
  const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
  const own = [process.execPath, fileURLToPath(import.meta.url)];
  const competitors = competitorsOf(own, { engineFolders: engineFolders(), python: values.python });
  const chosen = (title: string) => title.includes(values.only);
  const networks = networkContests(Number(values.threads)).filter((contest) => chosen(networkTitle(contest)));
  const readingTitle = "reading and normalising 169x208x179, .nii.gz";

  terminal.print(`${values.threads} threads; medians of the rounds, in each of which all run in turn\n`);
  const row = beginTable(
    ["rounds", ...columnsOf(competitors)],
    [...networks.map(networkTitle), readingTitle],
    terminal.print,
  );
  const compete = async (title: string, contest: Contest) => {
    const onRound = (round: number) =>
      terminal.draw(`${title}: ${round === 0 ? "starting" : `round ${round}`}`);
    const commands = competitors.map(({ command }) => command(contest));
    const result = await hold(commands, contest, { rounds, seconds, onRound });
    terminal.draw("");
    row(title, [String(result.rounds), ...cellsOf(result.figures)]);
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
