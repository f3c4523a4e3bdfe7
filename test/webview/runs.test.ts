import { afterAll, beforeAll, expect, it } from "vitest";
import { violations } from "../support/webview/accessibility";
import {
  describeInBrowser,
  type OpenPanel,
  type PanelChoice,
  THEME_NAMES,
  WebviewBed,
} from "../support/webview/bed";
import { imaginedRunTable } from "../support/webview/runTable";

describeInBrowser("Run table", () => {
  let bed: WebviewBed;
  beforeAll(async () => {
    bed = await WebviewBed.start();
  });
  afterAll(() => bed.stop());

  async function openRuns(count: number, choice: Partial<PanelChoice> = {}): Promise<OpenPanel> {
    const panel = await bed.open({ panel: "runs", element: "gyrus-runs", ...choice });
    await panel.send({ kind: "welcome", texts: {} });
    for (const message of imaginedRunTable(count)) await panel.send(message);
    await panel.page.getByRole("rowheader").or(panel.page.getByRole("cell")).first().waitFor();
    return panel;
  }
  const names = async ({ page }: OpenPanel) =>
    (await page.locator("tbody .link").allTextContents()).map((name) => name.trim());
  const head = ({ page }: OpenPanel) => page.getByRole("columnheader");
  const filter = ({ page }: OpenPanel) => page.getByRole("searchbox", { name: /^Filter/ });

  it.each(THEME_NAMES)("keeps to the policy and has no accessibility violation: %s", async (theme) => {
    const panel = await openRuns(30, { theme, width: 800, height: 600 });
    await panel.page.getByText("maps_27", { exact: true }).locator("xpath=ancestor::tr").click();
    await panel.page.getByRole("button", { name: "Mark what differs from this run" }).click();
    await panel.page.getByRole("button", { name: "Columns" }).click();
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it("shows the settings that differ, the latest first, and what was archived only when asked", async () => {
    const panel = await openRuns(6);
    expect(await names(panel)).toEqual(["maps_5", "maps_3", "maps_2", "maps_1", "maps_0"]);
    const shown = (await head(panel).allTextContents()).map((text) => text.trim());
    expect(shown).toEqual(
      expect.arrayContaining([
        "State",
        "Epoch",
        "BA",
        "loss",
        "architecture",
        "dropout",
        "learning_rate",
        "Group",
        "Note",
      ]),
    );
    expect(shown).not.toContain("batch_size");
    await panel.page.getByRole("checkbox", { name: "Archived too" }).check();
    expect(await names(panel)).toContain("maps_4");
  });

  it("filters by words and by columns, and says which column there is none of", async () => {
    const panel = await openRuns(30);
    await filter(panel).fill("resnet learning_rate<1e-4");
    await panel.page.getByRole("status").getByText("3 of 29 runs").waitFor();
    expect(await names(panel)).toEqual(["maps_25", "maps_16", "maps_7"]);
    await filter(panel).fill("rate>1");
    await panel.page.getByText("No column is called rate.").waitFor();
  });

  it("sorts, ticks and compares with the keyboard alone", async () => {
    const panel = await openRuns(8);
    const { page } = panel;
    await head(panel).getByRole("button", { name: "BA", exact: true }).press("Enter");
    await head(panel).getByRole("button", { name: "BA", exact: true }).press("Enter");
    const sorted = await names(panel);
    const table = page.getByRole("group", { name: /^Runs\./ });
    await table.focus();
    await table.press("ArrowDown");
    await table.press(" ");
    await table.press("ArrowDown");
    await table.press(" ");
    await page.getByRole("button", { name: "Compare 2 runs" }).press("Enter");
    expect((await panel.sent()).at(-1)).toEqual({
      kind: "compare",
      maps: sorted.slice(0, 2).map((name) => `/data/study/runs/${name}`),
    });
    await table.focus();
    await table.press("s");
    await table.press("Enter");
    await table.press("Delete");
    const maps = `/data/study/runs/${sorted[1]}`;
    expect((await panel.sent()).slice(-3)).toEqual([
      { kind: "note", maps: [maps], change: { star: true } },
      { kind: "open", maps },
      { kind: "delete", maps: [maps] },
    ]);
  });

  it("marks with a sign what differs from a chosen run, and remembers all of it", async () => {
    const panel = await openRuns(6);
    await panel.page.getByText("maps_0", { exact: true }).locator("xpath=ancestor::tr").click();
    await panel.page.getByRole("button", { name: "Mark what differs from this run" }).click();
    await panel.page.getByText("≠ marks settings other than those of maps_0.").waitFor();
    // maps_1: another network alone.
    const row = panel.page.getByRole("row", { name: /maps_1\b/ });
    expect(await row.locator("td.differs").allTextContents()).toEqual([expect.stringContaining("resnet18")]);
    const state = await panel.page.evaluate(() => Reflect.get(window, "gyrusState")());
    expect(state).toMatchObject({ version: 1, against: "/data/study/runs/maps_0" });
  });

  it("asks for the answers of a data group when a column of it is chosen, and shows them", async () => {
    const panel = await openRuns(6);
    await panel.page.getByRole("button", { name: "Columns" }).click();
    await panel.page.getByRole("searchbox", { name: "Find a column" }).fill("test BA");
    await panel.page.getByRole("checkbox", { name: "test BA", exact: true }).check();
    expect((await panel.sent()).at(-1)).toEqual({ kind: "group", group: "test" });
    const runs = [{ maps: "/data/study/runs/maps_1", values: { BA: 0.8125 } }];
    await panel.send({ kind: "measures", group: "test", runs });
    await panel.page.getByRole("cell", { name: "0.8125" }).waitFor();
  });

  it("holds at most a hundred rows of two thousand, and keeps its place while runs go on", async () => {
    const panel = await openRuns(2_000, { width: 1280, height: 800 });
    expect(await panel.page.locator("tbody tr").count()).toBeLessThan(100);
    await panel.page.locator(".scroller").evaluate((scroller) => scroller.scrollTo(0, 10_000));
    await expect.poll(() => names(panel)).toContain("maps_1540");
    const [message] = imaginedRunTable(2_000);
    await panel.send({ ...message, runs: [{ ...message.runs.at(-1)!, epoch: 7 }] });
    expect(await names(panel)).toContain("maps_1540");
  });
});
