import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packResults } from "../../../../src/extension/panels/results/packResults";
import { openResults, readGroupResults } from "../../../../src/report/reading/readGroupResults";
import { figureText } from "../../../../src/report/results/resultsWords";
import { isUndefined } from "../../../../src/statistics/figure";
import { finished } from "../../../../src/statistics/steps";
import { resampledFigures, shownFigures } from "../../../../webview/results/model/figureRows";
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
    { group: "test", headline: "ensemble/best-BA" },
    { group: "validation", headline: "pooled/best-BA" },
    { group: "test", headline: "ensemble/best-BA", kept: 0.36 },
  ])("give the same figures of $group, threshold $kept", async ({ group, headline, kept }) => {
    const folder = temporaryFolder();
    const maps = join(folder, "maps");
    const validation = FIRST.map((first, split) => peopleOf(TRUTH, first, `sub-${split}`));
    const test = peopleOf(TRUTH, FIRST[0]!, "sub-t").map((row, i) => ({
      ...row,
      answers: FIRST.map((first) => [first[i]!, 1 - first[i]!]),
    }));
    await writeAnsweredMaps(maps, { validation, groups: { test } });

    if (kept !== undefined) {
      await gyrus("results", maps, group, "--threshold", String(kept), "--keep-threshold");
    }

    const reply = resultOf((await gyrus("results", maps, group, "--json")).printed);
    const answers = reply.answers.find(({ id }: { readonly id: string }) => id === headline);
    const terminal: readonly MeasureReply[] = answers.measures;

    const found = await readGroupResults(await openResults(maps), group);
    expect(found.headline).toBe(headline);
    const shown = { ...found, ...packResults(found), groups: [], explanations: [], problems: [] };
    const packed = shown.answers.find(({ id }) => id === headline)!;
    const answering = { positive: 0, threshold: packed.threshold?.value ?? null };
    const looked = shownAnswers(shown, packed);
    const { measures } = shownFigures(shown, looked, answering);
    const panel = finished(resampledFigures(shown, looked.people.people, answering, measures));
    expect(packed.threshold?.value).toBe(kept);

    const report = join(folder, "r.md");
    await gyrus("report", maps, "--output", report);
    const text = readFileSync(report, "utf8");

    expect(text.includes("from a probability of 0.36 on, which was given")).toBe(kept !== undefined);
    expect(terminal.length).toBeGreaterThan(10);
    // Drawn again by terminal, report and panel, each for itself: the same seed draws the same people.
    expect(terminal.some(({ interval }) => interval?.method === "bootstrap")).toBe(true);
    expect(panel.map(({ name }) => name)).toEqual(terminal.map(({ name }) => name));
    for (const [i, { name, value, interval }] of terminal.entries()) {
      const figure = panel[i]!;
      if (value === null || isUndefined(figure.value)) throw new Error(name);
      expect(figure.value, name).toBe(value);
      expect(text, name).toContain(`| ${name.replaceAll("_", "\\_")} | ${figureText(value)} |`);
      if (interval === null) {
        expect(figure.interval === null || isUndefined(figure.interval), name).toBe(true);
        continue;
      }
      const limits = `${figureText(interval.lower)} to ${figureText(interval.upper)}`;
      expect(text, name).toMatch(
        new RegExp(`^\\| ${name.replaceAll("_", "..")} \\| [^|]+ \\| ${limits} \\|`, "m"),
      );
      const { lower, upper, method } = interval;
      expect(figure.interval, name).toMatchObject({ lower, upper, method });
    }
  });
});
