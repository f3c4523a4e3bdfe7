import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClusterJob, ClusterPrediction } from "../../webview/training/messages";
import { violations } from "../support/webview/accessibility";
import { describeInBrowser, type PanelChoice, THEME_NAMES, WebviewBed } from "../support/webview/bed";
import { eventsOf, imaginedRunInfo, welcome } from "../support/webview/trainingMessages";
import { imagineRun } from "../support/webview/trainingRun";

const job = (track: string, given: Partial<ClusterJob> = {}): ClusterJob => ({
  track,
  status: "queued",
  reason: null,
  node: null,
  since: Date.UTC(2026, 4, 4, 9, 30),
  requeued: 0,
  hasLog: false,
  ...given,
});

const jobs: readonly ClusterJob[] = [
  job("check", { status: "finished", since: null, hasLog: true }),
  job("split-0", { status: "running", node: "node7", requeued: 2, hasLog: true }),
  job("split-1", { status: "running", node: "node9", hasLog: true }),
  job("split-2", { reason: "Resources" }),
  job("split-3", { status: "failed", reason: "OUT_OF_MEMORY", hasLog: true }),
  job("split-4", { status: "cancelled", hasLog: true }),
  job("join", { since: null, reason: "Dependency" }),
];

const prediction = (group: string, given: Partial<ClusterPrediction> = {}): ClusterPrediction => ({
  ...{ group, status: "running", done: 3, parts: 5, failed: 0, reasons: [], nodes: ["node7", "node9"] },
  ...{ since: Date.UTC(2026, 4, 4, 9, 30), hasLog: true },
  ...given,
});

const predictions: readonly ClusterPrediction[] = [
  prediction("test", { failed: 1 }),
  prediction("clinic", { status: "queued", done: 0, nodes: [], reasons: ["Resources"], hasLog: false }),
  prediction("other", { status: "failed", failed: 2, reasons: ["OUT_OF_MEMORY"] }),
];

const tracks = [0, 1, 2, 3, 4].map((split) => ({
  id: `split-${split}`,
  split,
  network: null,
  source: split < 2 || split === 3 ? ("events" as const) : ("none" as const),
}));

describeInBrowser("Training panel of a run on a cluster", () => {
  let bed: WebviewBed;
  beforeAll(async () => {
    bed = await WebviewBed.start();
  });
  afterAll(() => bed.stop());

  async function openRun(choice: Partial<PanelChoice> = {}, shown: readonly ClusterPrediction[] = []) {
    const panel = await bed.open({ panel: "training", element: "gyrus-training", ...choice });
    const actions = ["stop", "stopAfterEpoch", "submitAgain", "cancelJobs", "openExperiment"] as const;
    await panel.send(welcome(imaginedRunInfo({ tracks, cluster: jobs, actions, predictions: shown })));
    for (const split of [0, 1, 3])
      await panel.send(
        eventsOf(`split-${split}`, imagineRun({ split, seed: split + 1, epochsDone: 12, end: false })),
      );
    await panel.page.locator("gyrus-chart canvas").first().waitFor();
    return panel;
  }

  it.each(THEME_NAMES)("keeps to the policy and has no accessibility violation: %s", async (theme) => {
    const panel = await openRun({ theme, height: 1000 }, predictions);
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
    const folder = process.env.GYRUS_PICTURES;
    if (folder !== undefined) await panel.page.screenshot({ path: `${folder}/panel-${theme}.png` });
  });

  it("says of each job what it does, where, since when and why", async () => {
    const { page } = await openRun();
    const card = page.getByRole("region", { name: "On the cluster" });
    const rows = card.locator("tbody tr");
    const said = (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " ").trim());
    expect(said.map((row) => row.replace(/ \d+\/\d+\/\d+, [\d:]+ [AP]M/, " WHEN"))).toEqual([
      expect.stringContaining("Check of the images"),
      expect.stringMatching(/Split 0 .*Running node7 WHEN 2/),
      expect.stringMatching(/Split 1 .*Running node9 WHEN –/),
      expect.stringMatching(/Split 2 .*Queued Resources – WHEN –/),
      expect.stringMatching(/Split 3 .*Failed OUT_OF_MEMORY – WHEN –/),
      expect.stringMatching(/Split 4 .*Cancelled – WHEN –/),
      expect.stringMatching(/Joining of the results .*Queued Dependency – – –/),
    ]);
  });

  it("opens the log of a job and cancels one that goes on, never the first or the last alone", async () => {
    const { page, sent } = await openRun();
    await page.getByRole("button", { name: "Open the log of Split 3" }).click();
    await page.getByRole("button", { name: "Cancel the job of Split 2" }).click();
    expect((await sent()).slice(1)).toEqual([
      { kind: "job", track: "split-3", action: "openLog" },
      { kind: "job", track: "split-2", action: "cancel" },
    ]);
    const cancels = page.getByRole("button", { name: /^Cancel the job of/ });
    expect(await cancels.count()).toBe(3);
    expect(await page.getByRole("button", { name: "Cancel the job of Split 3" }).count()).toBe(0);
  });

  it("says of a group that is predicted how many of its parts are answered, and offers a log and to cancel it", async () => {
    const panel = await openRun();
    // Its training has long been joined.
    const done = jobs.map((one): ClusterJob => ({ ...one, status: "finished" }));
    await panel.send({
      kind: "run",
      run: imaginedRunInfo({ tracks, status: "finished", cluster: done, predictions }),
    });
    const card = panel.page.getByRole("region", { name: "On the cluster" });
    await card.getByRole("row", { name: "Prediction of test" }).waitFor();
    const rows = await card.locator("tbody tr").allInnerTexts();
    const said = rows.map((row) => row.replaceAll(/\s+/g, " ").trim());
    expect(said.map((row) => row.replace(/ \d+\/\d+\/\d+, [\d:]+ [AP]M/, " WHEN"))).toEqual([
      expect.stringMatching(/Prediction of test .*Running 3 of 5 parts · 1 failed node7, node9 WHEN –/),
      expect.stringMatching(/Prediction of clinic .*Queued 0 of 5 parts · Resources – WHEN –/),
      expect.stringMatching(/Prediction of other .*Failed 3 of 5 parts · 2 failed · OUT_OF_MEMORY – WHEN –/),
    ]);
    const { page, sent } = panel;
    const before = (await sent()).length;
    await page.getByRole("button", { name: "Open a log of the prediction of other" }).click();
    await page.getByRole("button", { name: "Cancel the prediction of clinic" }).click();
    expect((await sent()).slice(before)).toEqual([
      { kind: "prediction", group: "other", action: "openLog" },
      { kind: "prediction", group: "clinic", action: "cancel" },
    ]);
    expect(await page.getByRole("button", { name: "Cancel the prediction of other" }).count()).toBe(0);
  });

  it("shows the networks that run beside each other, and their states in the list of all", async () => {
    const { page } = await openRun();
    const states = page.getByRole("region", { name: "Networks" }).locator("tbody td:nth-child(2)");
    expect((await states.allInnerTexts()).slice(2)).toEqual(["Queued", "Failed", "Cancelled"]);
  });

  it("leaves the room to the curves once everything is joined", async () => {
    const panel = await openRun();
    const done = jobs.map((one): ClusterJob => ({ ...one, status: "finished" }));
    await panel.send({ kind: "run", run: imaginedRunInfo({ tracks, status: "finished", cluster: done }) });
    await panel.page.getByRole("region", { name: "On the cluster" }).waitFor({ state: "detached" });
  });
});
