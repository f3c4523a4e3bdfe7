import { afterAll, beforeAll, expect, it } from "vitest";
import type { ComparedGroup, ComparedRun } from "../../webview/compare/messages";
import { violations } from "../support/webview/accessibility";
import {
  describeInBrowser,
  type OpenPanel,
  type PanelChoice,
  THEME_NAMES,
  WebviewBed,
} from "../support/webview/bed";
import { imaginedRuns } from "../support/webview/comparedRuns";

describeInBrowser("Comparison", () => {
  let bed: WebviewBed;
  beforeAll(async () => {
    bed = await WebviewBed.start();
  });
  afterAll(() => bed.stop());

  async function openRuns(
    runs: readonly ComparedRun[],
    choice: Partial<PanelChoice> = {},
  ): Promise<OpenPanel> {
    const panel = await bed.open({ panel: "compare", element: "gyrus-compare", ...choice });
    await panel.send({ kind: "welcome", maps: runs.map(({ maps }) => maps), texts: {} });
    for (const run of runs) await panel.send({ kind: "run", run });
    await panel.page.locator("gyrus-chart canvas").first().waitFor();
    return panel;
  }
  const rowNames = ({ page }: OpenPanel) =>
    page.getByRole("region", { name: "Results" }).locator("tbody .name").allTextContents();

  it.each(THEME_NAMES)("keeps to the policy and has no accessibility violation: %s", async (theme) => {
    const panel = await openRuns(imaginedRuns(4), { theme });
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it.each([
    { maps: ["file:///a/maps_1", "file:///a/maps_2"], says: "Reading the runs…" },
    { maps: [], says: /^No run is left to compare/ },
  ])(
    "has a heading and a word where nothing is to be seen yet: $maps.length runs",
    async ({ maps, says }) => {
      const panel = await bed.open({ panel: "compare", element: "gyrus-compare" });
      await panel.send({ kind: "welcome", maps, texts: {} });
      await panel.page.getByRole("heading", { name: `Comparison of ${maps.length} runs` }).waitFor();
      await panel.page.getByRole("status").getByText(says).waitFor();
      expect(await violations(panel.page)).toEqual([]);
    },
  );

  it("shows mean and deviation over the splits, and sorts by them", async () => {
    const panel = await openRuns(imaginedRuns(3));
    const cell = panel.page.getByRole("region", { name: "Results" }).getByRole("row").nth(1);
    expect(await cell.textContent()).toMatch(/0\.\d{4} ± 0\.\d{4}/);
    const sort = panel.page.getByRole("button", { name: "Balanced accuracy", exact: true });
    await sort.click();
    const ascending = (await rowNames(panel)).map((name) => name.trim());
    await sort.click();
    expect((await rowNames(panel)).map((name) => name.trim())).toEqual(ascending.toReversed());
  });

  it("names the class of sensitivity and specificity, and every one when runs differ", async () => {
    const [first, second] = imaginedRuns(2, 1).map((run) => ({
      ...run,
      tracks: run.tracks.map((track) => ({
        ...track,
        results: { loss: { sensitivity: 0.9, specificity: 0.8 } },
      })),
    }));
    const panel = await openRuns([first!, { ...second!, classes: ["MCI", "CN"] }]);
    const head = panel.page.getByRole("region", { name: "Results" }).getByRole("columnheader");
    await expect
      .poll(() => head.allTextContents())
      .toEqual(
        expect.arrayContaining([
          expect.stringContaining("Sensitivity (AD / MCI)"),
          expect.stringContaining("Specificity (CN)"),
        ]),
      );
  });

  it("shows only the settings that differ, and all when asked", async () => {
    const panel = await openRuns(imaginedRuns(2));
    const table = panel.page.getByRole("region", { name: "Settings" });
    expect(await table.getByRole("rowheader").allTextContents()).toHaveLength(2);
    await panel.page.locator("vscode-checkbox", { hasText: "Only differences" }).click();
    expect(await table.getByRole("rowheader").allTextContents()).toHaveLength(5);
    // Cells, not rows: dropout is not set in one run, and one has another learning rate.
    expect(await table.getByText("differs:").count()).toBe(2);
  });

  it("filters, pins, opens and removes runs", async () => {
    const panel = await openRuns(imaginedRuns(14, 1));
    await panel.page.getByText("14 runs: those that are neither pinned").waitFor();
    await panel.page.getByRole("textbox", { name: "Filter runs and settings" }).fill("lr-13");
    expect(await rowNames(panel)).toHaveLength(1);
    const pin = panel.page.getByRole("button", { name: /^Pin maps_lr-13/ });
    await pin.click();
    expect(await pin.getAttribute("aria-pressed")).toBe("true");
    await panel.page.getByRole("button", { name: "Open maps_lr-13" }).click();
    await panel.page.getByRole("button", { name: "Remove maps_lr-13 from the comparison" }).click();
    expect((await panel.sent()).slice(-2)).toEqual([
      { kind: "open", maps: "/data/maps_13" },
      { kind: "remove", maps: "/data/maps_13" },
    ]);
  });

  it("keeps the buttons of a run with a long name in sight, and says the name whole", async () => {
    const name = "maps_Conv5_FC3-t1-linear-learning-rate-1e-4-dropout-0.5-with-mixup-and-noise-seed-42";
    const runs = imaginedRuns(2).map((run, i) => ({ ...run, name: `${name}${i}` }));
    const panel = await openRuns(runs, { width: 500 });
    const region = panel.page.getByRole("region", { name: "Results" });
    const cell = (await region.getByRole("rowheader").first().boundingBox())!;
    const button = (await region
      .getByRole("button", { name: /^Remove / })
      .first()
      .boundingBox())!;
    expect(button.x + button.width).toBeLessThanOrEqual(cell.x + cell.width);
    const heads = panel.page.getByRole("region", { name: "Settings" }).locator("thead .name");
    const cut = await heads.evaluateAll(
      (all) => all.filter((one) => one.scrollWidth > one.clientWidth).length,
    );
    expect(cut).toBe(0);
  });

  it("keeps short names on one line, however many runs there are", async () => {
    const panel = await openRuns(imaginedRuns(40, 1));
    const heads = panel.page.getByRole("region", { name: "Settings" }).locator("thead .name");
    const heights = await heads.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.max(...heights)).toBeLessThan(24);
  });

  it("says when no run is left", async () => {
    const panel = await openRuns(imaginedRuns(1));
    await panel.send({ kind: "maps", maps: [] });
    await panel.page.getByText("No run is left to compare.").waitFor();
  });

  it("holds the curves of many runs in the table twin, faint as they are drawn", async () => {
    const panel = await openRuns(imaginedRuns(14, 1));
    await panel.page.getByRole("button", { name: "Show as table: Loss" }).click();
    const table = panel.page.getByRole("table", { name: "Loss" });
    await table.getByRole("columnheader", { name: "maps_lr-13" }).waitFor();
    expect(await table.getAttribute("aria-rowcount")).toBe("31");
  });

  it("grows with a run that trains", async () => {
    const [first, second] = imaginedRuns(2, 1);
    const panel = await openRuns([{ ...first!, tracks: [] }, second!]);
    await panel.send({ kind: "run", run: first });
    await expect
      .poll(() => panel.page.getByRole("row", { name: /maps_lr-0 .*Running 1 \/ 1/ }).count())
      .toBe(1);
  });

  it("exports both tables and the chart", async () => {
    const panel = await openRuns(imaginedRuns(2));
    await panel.page.getByRole("button", { name: "Export the results as CSV" }).click();
    await panel.page.getByRole("button", { name: "Export the settings as CSV" }).click();
    await panel.page.getByRole("button", { name: "Export: Loss" }).click();
    await panel.page.getByRole("menuitem", { name: "Export as SVG" }).click();
    await expect
      .poll(async () => (await panel.sent()).filter(({ kind }) => kind === "save").map(({ name }) => name))
      .toEqual(["comparison-results.csv", "comparison-settings.csv", "comparison-loss.svg"]);
  });

  it("comes back as the user left it, and shows names that are markup as text", async () => {
    const [run] = imaginedRuns(1);
    const named = { ...run!, name: "</script><b>é</b>" };
    const first = await openRuns([named]);
    await first.page.locator("vscode-checkbox", { hasText: "Logarithmic scale" }).click();
    const state = await first.page.evaluate(() =>
      (window as unknown as { gyrusState(): unknown }).gyrusState(),
    );
    const second = await openRuns([named], { state });
    expect(await second.page.getByRole("checkbox", { name: "Logarithmic scale" }).isChecked()).toBe(true);
    expect(await second.page.getByRole("button", { name: "Open </script><b>é</b>" }).count()).toBe(1);
    expect(second.faults).toEqual([]);
  });

  const drawnInterval = (lower: number, upper: number) => ({
    ...{ lower, upper, level: 0.95, method: "bootstrap" as const, standardError: 0.04 },
    ...{ resamples: 2000, undefinedResamples: 0 },
  });

  const comparedGroup = (): ComparedGroup => {
    const figure = (value: number) => [
      {
        name: "AUC",
        code: null,
        value,
        interval: { lower: value - 0.1, upper: value + 0.05, level: 0.95, method: "delong" },
      },
    ];
    const runOf = (place: number, unlike: "task" | null): ComparedGroup["runs"][number] => ({
      maps: `/data/maps_${place}`,
      acquaintance: "unseen",
      source: { kind: "ensemble", splits: [0, 1], metric: "BA" },
      people: 40,
      measures: figure(0.9 - 0.1 * place),
      roc: unlike === null ? { xs: Float64Array.of(0, 0.2, 1), ys: Float64Array.of(0, 0.8, 1) } : null,
      unlike,
    });
    return {
      group: "test",
      classes: ["AD", "CN"],
      runs: [runOf(0, null), runOf(1, null), runOf(2, "task")],
      pairs: [
        {
          first: "maps_lr-0",
          second: "maps_lr-1",
          common: 40,
          people: [40, 40],
          same: true,
          test: "delong-paired",
          measure: "AUC",
          difference: 0.1,
          interval: { lower: 0.01, upper: 0.19 },
          p: 0.0004,
          adjusted: 0.012,
        },
      ],
      drawn: [
        {
          first: "maps_lr-0",
          second: "maps_lr-1",
          common: 40,
          differences: [
            { measure: "BA", difference: 0.05, interval: drawnInterval(-0.025, 0.125) },
            { measure: "MCC", difference: 0, interval: { undefinedBecause: "no-differences" } },
          ],
        },
      ],
      waiting: 2,
    };
  };

  it.each(THEME_NAMES)(
    "compares the answers for a data group, with the test of each two runs: %s",
    async (theme) => {
      const panel = await openRuns(imaginedRuns(3), { theme });
      await panel.send({ kind: "groups", groups: ["test", "validation"] });
      const region = panel.page.getByRole("region", { name: "Data groups" });
      await region.locator("vscode-single-select").click();
      await panel.page.getByRole("option", { name: "test", exact: true }).click();
      expect((await panel.sent()).at(-1)).toEqual({ kind: "group", group: "test" });
      await panel.send({ kind: "group", compared: comparedGroup() });
      await region
        .getByRole("row", { name: /maps_lr-0 40 · unseen people 0\.900 \(0\.800 – 0\.950\)/ })
        .waitFor();
      await region
        .getByRole("row", {
          name: /maps_lr-0 against maps_lr-1 DeLong, same people AUC 40 0\.100 .* < 0\.001 0\.012/,
        })
        .waitFor();
      const drawn = region.getByRole("group", { name: "Differences of other figures" });
      await drawn
        .getByRole("row", {
          name: /maps_lr-0 against maps_lr-1 Balanced accuracy 40 0\.050 \(-0\.025 – 0\.125\) bootstrap over people 2,000/,
        })
        .waitFor();
      await drawn
        .getByRole("row", { name: /\(MCC\) 40 0\.000\s*: the two do not differ for anybody – –/ })
        .waitFor();
      await region.getByText("Drawing people again: 2 pairs are left…").waitFor();
      // What is of another task has a row, and no curve.
      await region.getByText("another task: on no axis with the first run").waitFor();
      await region.getByRole("button", { name: "Show as table: ROC" }).click();
      const curves = await region.getByRole("table", { name: "ROC" }).textContent();
      expect(curves).toContain("maps_lr-1");
      expect(curves).not.toContain("maps_lr-2");
      expect(await violations(panel.page)).toEqual([]);
      expect(panel.faults).toEqual([]);
    },
  );

  it("says whom two runs are compared on that answered others, and how each interval was made", async () => {
    const panel = await openRuns(imaginedRuns(2, 1));
    const compared = comparedGroup();
    const [pair] = compared.pairs;
    const apart = { common: 0, people: [40, 1200], same: false } as const;
    await panel.send({ kind: "groups", groups: ["test"] });
    await panel.send({
      kind: "group",
      compared: {
        ...compared,
        pairs: [
          { ...pair!, ...apart, test: "fisher-exact", measure: "accuracy" },
          { ...pair!, common: 30, people: [40, 32], same: false },
        ],
        drawn: [
          {
            ...{ first: pair!.first, second: pair!.second, common: 0 },
            differences: [
              {
                measure: "sensitivity",
                difference: 0.05,
                interval: { lower: -0.025, upper: 0.125, level: 0.95, method: "newcombe-hybrid" },
              },
            ],
          },
        ],
      },
    });
    const region = panel.page.getByRole("region", { name: "Data groups" });
    await region.getByRole("row", { name: /Fisher, exact Accuracy none, 40 and 1,200 0\.100/ }).waitFor();
    await region.getByRole("row", { name: /DeLong, same people AUC 30 of 40 and 32 0\.100/ }).waitFor();
    await region
      .getByRole("row", { name: /0\.050 \(-0\.025 – 0\.125\) Newcombe's hybrid score –/ })
      .waitFor();
    await region.getByText(/^Runs that answered nobody in common are compared as two samples/).waitFor();
    expect(await violations(panel.page)).toEqual([]);
  });

  it("draws runs of unlike tasks on axes of their own", async () => {
    const [first, second] = imaginedRuns(2, 1);
    const panel = await openRuns([first!, { ...second!, task: "regression" }]);
    await panel.page.getByRole("heading", { name: "Loss (classification)" }).waitFor();
    await panel.page.getByRole("heading", { name: "Loss (regression)" }).waitFor();
  });
});
