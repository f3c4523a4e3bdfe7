/** A module of another program in the contests of the bench, and what it is held against. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cellsOf, columnsOf, competitorsOf, type Rivals } from "../../bench/competitors";
import { type Figures, hold } from "../../bench/contest";
import type { NetworkContest } from "../../bench/contestant";
import { temporaryFolder } from "../../support/folder";

const CONTEST: NetworkContest = {
  group: "network",
  task: "training",
  architecture: "Conv5_FC3",
  inputSize: [1, 32, 32, 32],
  batchSize: 2,
  threads: 1,
};

const bench = [process.execPath, resolve("dist/bench.js")];

function rivals(against: string, cards: Rivals["cards"]) {
  const none = { engineFolders: [], python: undefined, former: undefined };
  return competitorsOf(bench, { ...none, cards, against: { file: against, words: [] } });
}

function moduleOf(text: string): string {
  const file = join(temporaryFolder(), "sleeper.mjs");
  writeFileSync(file, text);
  return file;
}

/** A step that takes at least 20 ms, for training alone. */
const SLEEPER = `export async function prepare({ task, batchSize }) {
  if (task !== "training" || batchSize !== 2) return undefined;
  return () => new Promise((done) => setTimeout(done, 20));
}`;

const held = (file: string, contest: NetworkContest) =>
  hold([undefined, rivals(file, []).at(-1)!.command(contest)], contest, {
    rounds: 2,
    seconds: 1,
    onRound: () => {},
  });

describe("another program in the bench", () => {
  it("is timed by its own steps, and stays away from what it has not", async () => {
    const file = moduleOf(SLEEPER);
    const [, figures] = (await held(file, CONTEST)).figures;
    expect(figures!.repetitions.length).toBeGreaterThanOrEqual(2);
    // A timer may fire a millisecond early.
    for (const { wall } of figures!.repetitions) expect(wall).toBeGreaterThan(18);
    expect((await held(file, { ...CONTEST, task: "inference" })).figures).toEqual([undefined, undefined]);
  });

  it("is held against the card where there is one, and else against the processor", () => {
    const card = { name: "software card", words: [] };
    expect(columnsOf(rivals("/a/prototype.mjs", [card]))).toEqual([
      ...["ms", "CPU ms", "peak MB"],
      ...["software card ms", "software card CPU ms", "software card peak MB"],
      ...["to software card ms", "to software card CPU ms", "to software card peak MB"],
      ...["prototype ms", "prototype CPU ms", "prototype peak MB"],
      ...[
        "software card to prototype ms",
        "software card to prototype CPU ms",
        "software card to prototype peak MB",
      ],
    ]);
    const figures = (factor: number): Figures => ({
      wall: 10 * factor,
      cpu: 20 * factor,
      peak: 30 * factor,
      repetitions: [],
    });
    const all = [figures(1), figures(3), figures(4)];
    expect(cellsOf(rivals("/a/prototype.mjs", [card]), all).slice(-6)).toEqual([
      ...["40", "80", "120"],
      ...["0.75", "0.75", "0.75"],
    ]);
    expect(cellsOf(rivals("/a/prototype.mjs", []), [figures(1), figures(4)]).slice(-3)).toEqual([
      "0.25",
      "0.25",
      "0.25",
    ]);
    expect(cellsOf(rivals("/a/prototype.mjs", [card]), [...all.slice(0, 2), undefined]).slice(-6)).toEqual(
      Array(6).fill("-"),
    );
  });
});
