import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Measure } from "../../../../src/report/results/measures";
import { isResampled } from "../../../../src/report/results/resampled";
import { setFigures } from "../../../../src/report/results/setFigures";
import { isUndefined } from "../../../../src/statistics/figure";
import { finished } from "../../../../src/statistics/steps";
import type { ShownGroup } from "../../../../webview/results/messages";
import type { Answering } from "../../../../webview/results/model/answering";
import { resampledFigures, shownFigures } from "../../../../webview/results/model/figureRows";
import { chosenAnswers, shownAnswers } from "../../../../webview/results/model/shownAnswers";
import { Resampling } from "../../../../webview/results/resampling";
import { agedGroup, classifiedGroup, threeClasses } from "../../../support/webview/resultsGroup";

const all = { positive: null, threshold: null } as const;
const first = { positive: 0, threshold: null } as const;

/** Three classes of which not everybody is told: at a limit nothing can be drawn. */
function confusedClasses(): ShownGroup {
  const group = threeClasses({ people: 60 });
  const truth = group.rows.truth.map((code, i) => (i % 5 === 0 ? (code + 1) % 3 : code));
  return { ...group, rows: { ...group.rows, truth } };
}

function lookedAt(group: ShownGroup, answering: Answering) {
  const shown = shownAnswers(group, chosenAnswers(group, { answers: null })!);
  const figures = shownFigures(group, shown, answering);
  const begin = (measures: readonly Measure[]) =>
    resampledFigures(group, shown.people.people, answering, measures);
  return { shown, figures, begin };
}

/** What `gyrus results` computes of the same answers. */
function inTerminal(group: ShownGroup, threshold: number | null) {
  const { sessions, packed } = shownAnswers(group, chosenAnswers(group, { answers: null })!);
  return setFigures({ ...packed, sessions }, group, threshold, true).measures;
}

describe("the intervals of the panel", () => {
  it.each([
    ["two classes", classifiedGroup(), first, ["AP", "F1_score", "MCC"]],
    ["a threshold", classifiedGroup(), { positive: 0, threshold: 0.4 }, ["AP", "F1_score", "MCC"]],
    ["three classes", confusedClasses(), all, ["AUC", "AP", "F1_score", "MCC"]],
    ["values", agedGroup(), all, ["R2_score"]],
  ] as const)("are those of the terminal to the last digit: %s", (_, group, answering, names) => {
    const { figures, begin } = lookedAt(group, answering);
    expect([...new Set(figures.measures.filter(isResampled).map(({ name }) => name))].toSorted()).toEqual(
      names.toSorted(),
    );
    const measures = finished(begin(figures.measures));
    expect(measures).toEqual(inTerminal(group, answering.threshold));
    for (const name of names)
      expect(measures.find((one) => one.name === name)?.interval).toMatchObject({ method: "bootstrap" });
    expect(measures.filter(isResampled)).toEqual([]);
  });

  it("are also made of the second class, and of one against the others", () => {
    for (const [group, answering] of [
      [classifiedGroup(), { positive: 1, threshold: null }],
      [confusedClasses(), { positive: 1, threshold: null }],
    ] as const) {
      const { figures, begin } = lookedAt(group, answering);
      const found = finished(begin(figures.measures)).find(({ name }) => name === "AP");
      if (found === undefined || found.interval === null) throw new Error("No interval of AP.");
      if (isUndefined(found.interval) || isUndefined(found.value)) throw new Error("AP is undefined.");
      expect(found.interval.lower).toBeLessThan(found.value);
      expect(found.interval.upper).toBeGreaterThanOrEqual(found.value);
    }
  });

  it("say with each step how far they are", () => {
    const { figures, begin } = lookedAt(classifiedGroup(), first);
    const shares = [...begin(figures.measures)];
    expect(shares).toHaveLength(2000);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("have corrected ages where a line of the validation people is known", () => {
    const group = agedGroup();
    const names = (one: ShownGroup) => lookedAt(one, all).figures.measures.map(({ name }) => name);
    expect(names(group)).not.toContain("MAE_cole");
    const ageLine = { slope: 0.7, intercept: 21 };
    const answers = group.answers.map((one) => ({ ...one, ageLine }));
    expect(names({ ...group, answers })).toEqual(expect.arrayContaining(["MAE", "MAE_cole", "r_gap_age"]));
  });
});

describe("the drawing in slices", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("shows the figures at once, and their intervals when they are there", () => {
    const { figures, begin } = lookedAt(classifiedGroup(), first);
    const seen: (number | null)[] = [];
    const resampling = new Resampling(() => seen.push(resampling.follow(figures, begin).drawing));
    expect(resampling.follow(figures, begin)).toEqual({ ...figures, drawing: 0 });
    vi.runAllTimers();
    expect(seen.at(-1)).toBeNull();
    expect(resampling.follow(figures, begin).measures).toEqual(finished(begin(figures.measures)));
  });

  it("gives up what is no longer looked at, and begins nothing where there is nothing to draw", () => {
    const one = lookedAt(classifiedGroup(), first);
    const other = lookedAt(classifiedGroup(), { positive: 0, threshold: 0.3 });
    const began: string[] = [];
    const resampling = new Resampling(() => began.push("changed"));
    const follow = (name: string, { figures, begin }: typeof one) =>
      resampling.follow(figures, (measures) => {
        began.push(name);
        return begin(measures);
      });
    follow("one", one);
    // A slider on its way: nothing of what it passes is begun.
    vi.advanceTimersByTime(50);
    follow("other", other);
    vi.runAllTimers();
    expect(began[0]).toBe("other");
    expect(began).not.toContain("one");
    expect(follow("other", other).drawing).toBeNull();
    const none = { measures: [], folds: [] };
    expect(resampling.follow(none, () => expect.unreachable())).toEqual({ ...none, drawing: null });
    follow("one", one);
    resampling.cancel();
    vi.runAllTimers();
    expect(began).not.toContain("one");
  });
});
