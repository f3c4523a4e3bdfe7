import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packResults } from "../../../../src/extension/panels/results/packResults";
import { openResults, readGroupResults } from "../../../../src/report/reading/readGroupResults";
import { figureText } from "../../../../src/report/results/resultsWords";
import { isUndefined } from "../../../../src/statistics/figure";
import { shownFigures } from "../../../../webview/results/model/figureRows";
import { shownAnswers } from "../../../../webview/results/model/shownAnswers";
import { peopleOf, writeAnsweredMaps } from "../../../support/answeredMaps";
import { temporaryFolder } from "../../../support/folder";
import { gyrus, resultOf } from "../../../support/memoryTerminal";

const TRUTH = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const FIRST = [
  [0.9, 0.8, 0.75, 0.6, 0.4, 0.95, 0.65, 0.3, 0.2, 0.1, 0.45, 0.05],
  [0.7, 0.9, 0.55, 0.5, 0.3, 0.85, 0.75, 0.2, 0.1, 0.4, 0.35, 0.15],
];

interface MeasureReply {
  readonly name: string;
  readonly class: string | null;
  readonly value: number | null;
  readonly interval: { readonly lower: number; readonly upper: number; readonly method: string } | null;
}

describe("terminal, panel and report", () => {
  it.each([
    ["test", "ensemble/best-BA"],
    ["validation", "pooled/best-BA"],
  ])("give the same figures of %s", async (group, headline) => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const validation = FIRST.map((first, split) => peopleOf(TRUTH, first, `sub-${split}`));
    const test = peopleOf(TRUTH, FIRST[0]!, "sub-t").map((row, i) => ({
      ...row,
      answers: FIRST.map((first) => [first[i]!, 1 - first[i]!]),
    }));
    await writeAnsweredMaps(maps, { validation, groups: { test } });

    const reply = resultOf((await gyrus("results", maps, group, "--json")).printed);
    const answers = reply.answers.find(({ id }: { readonly id: string }) => id === headline);
    const terminal: readonly MeasureReply[] = answers.measures;

    const found = await readGroupResults(await openResults(maps), group);
    expect(found.headline).toBe(headline);
    const shown = { ...found, ...packResults(found), groups: [], explanations: [], problems: [] };
    const packed = shown.answers.find(({ id }) => id === headline)!;
    const panel = shownFigures(shown, shownAnswers(shown, packed), { positive: 0, threshold: null });

    const report = join(folder, "r.md");
    await gyrus("report", maps, "--output", report);
    const text = readFileSync(report, "utf8");

    expect(terminal.length).toBeGreaterThan(10);
    // Drawn again by the terminal and the report, each for itself: the same seed draws the same people.
    expect(terminal.some(({ interval }) => interval?.method === "bootstrap")).toBe(true);
    expect(panel.measures.map(({ name }) => name)).toEqual(terminal.map(({ name }) => name));
    for (const [i, { name, value, interval }] of terminal.entries()) {
      const figure = panel.measures[i]!;
      if (value === null || isUndefined(figure.value)) throw new Error(name);
      expect(figure.value, name).toBeCloseTo(value, 12);
      expect(text, name).toContain(`| ${name.replaceAll("_", "\\_")} | ${figureText(value)} |`);
      if (interval !== null) {
        const shown = `${figureText(interval.lower)} to ${figureText(interval.upper)}`;
        expect(text, name).toMatch(
          new RegExp(`^\\| ${name.replaceAll("_", "..")} \\| [^|]+ \\| ${shown} \\|`, "m"),
        );
      }
      // Those of drawing again are of the terminal and the report: the view has no time for them.
      if (figure.interval === null || isUndefined(figure.interval) || interval === null) continue;
      expect(figure.interval.lower, name).toBeCloseTo(interval.lower, 12);
      expect(figure.interval.upper, name).toBeCloseTo(interval.upper, 12);
    }
  });
});
