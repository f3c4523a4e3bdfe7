import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunEvent } from "../../src/run/events";
import { violations } from "../support/webview/accessibility";
import {
  describeInBrowser,
  type OpenPanel,
  type PanelChoice,
  THEME_NAMES,
  WebviewBed,
} from "../support/webview/bed";
import { keptBrain, reconstructingRun } from "../support/webview/keptImages";
import { pageWork } from "../support/webview/pageWork";
import { patchesMap } from "../support/webview/partsMap";
import { eventsOf, imaginedRunInfo, welcome } from "../support/webview/trainingMessages";
import { imagineRun } from "../support/webview/trainingRun";

const splits = (count: number) =>
  Array.from({ length: count }, (_, split) => ({
    id: `split-${split}`,
    split,
    network: null,
    source: "events" as const,
  }));

describeInBrowser("Training panel", () => {
  let bed: WebviewBed;
  beforeAll(async () => {
    bed = await WebviewBed.start();
  });
  afterAll(() => bed.stop());

  const open = (choice: Partial<PanelChoice> = {}) =>
    bed.open({ panel: "training", element: "gyrus-training", ...choice });

  async function openRun(events: readonly RunEvent[], choice: Partial<PanelChoice> = {}): Promise<OpenPanel> {
    const panel = await open(choice);
    await panel.send(welcome(imaginedRunInfo()));
    await panel.send(eventsOf("split-0", events));
    await panel.page.locator("gyrus-chart canvas").first().waitFor();
    // The events are drawn with the next frame: a chart that was empty before is another one then.
    await nextFrames(panel.page);
    return panel;
  }

  it("asks for what it does not know, and stores where it belongs", async () => {
    const { sent, page } = await open();
    await page.locator("gyrus-training").waitFor({ state: "attached" });
    expect(await sent()).toEqual([{ kind: "hello", known: {} }]);
  });

  it.each(THEME_NAMES)("keeps to the policy and has no accessibility violation: %s", async (theme) => {
    const panel = await open({ theme });
    await panel.send(welcome(imaginedRunInfo({ tracks: splits(3), problems: ["Line 12 is not JSON."] })));
    for (const { id, split } of splits(3))
      await panel.send(eventsOf(id, imagineRun({ split, seed: split + 1, end: split < 2, nanEpoch: 4 })));
    await panel.page.locator("gyrus-chart canvas").first().waitFor();
    await panel.page.getByRole("button", { name: "Show as table: Balanced accuracy" }).click();
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it("says what the audit of the data found before the training, the worst first, and nothing where none was kept", async () => {
    const panel = await openRun(imagineRun({ epochsDone: 1 }));
    const findings = [
      { severity: "notice", words: "<b>Odd</b> header." },
      { severity: "warning", words: "1 scan stands under two names." },
    ] as const;
    await panel.send({ kind: "run", run: imaginedRunInfo({ findings }) });
    const card = panel.page.getByRole("region", { name: "Audit of the data when the training began" });
    await card.waitFor();
    expect(await card.locator("h3, li").allTextContents()).toEqual([
      "1 warning",
      "1 scan stands under two names.",
      "1 notice",
      "<b>Odd</b> header.",
    ]);
    await panel.send({ kind: "run", run: imaginedRunInfo() });
    await card.waitFor({ state: "detached" });
  });

  it("can be read in a narrow place: ten splits with their mean, nothing beside the page", async () => {
    const panel = await open({ width: 500 });
    await panel.send(welcome(imaginedRunInfo({ tracks: splits(10) })));
    for (const { id, split } of splits(10))
      await panel.send(eventsOf(id, imagineRun({ split, seed: split + 1, epochsDone: 3, end: true })));
    const mean = panel.page.getByRole("row", { name: /^Mean ± deviation over 10/ });
    await mean.waitFor();
    const places = await panel.page.evaluate(() => {
      const root = document.querySelector("gyrus-training")?.shadowRoot;
      const scroller = root?.querySelector(".tracks .scroll")?.getBoundingClientRect();
      const foot = root?.querySelector(".tracks tfoot")?.getBoundingClientRect();
      return { page: document.documentElement.scrollWidth, scroller: scroller?.bottom, foot: foot?.bottom };
    });
    expect(places.page).toBe(500);
    expect(places.foot).toBeLessThanOrEqual(places.scroller ?? 0);
  });

  it.each(THEME_NAMES)(
    "has words that can be read in a full cell of the confusion matrix: %s",
    async (theme) => {
      const [epoch] = imagineRun({ epochsDone: 1 }).filter((event) => event.kind === "epoch");
      const [start] = imagineRun({ epochsDone: 0 });
      const confusion = [
        [13, 0],
        [12, 1],
      ];
      const panel = await openRun([start!, { ...epoch!, seq: 1, confusion }], { theme });
      expect(await violations(panel.page)).toEqual([]);
    },
  );

  it("shows its menu whole where it stands at the left edge", async () => {
    const { page } = await openRun(imagineRun({ epochsDone: 5 }), { width: 930, height: 800 });
    await page.getByRole("button", { name: "Metrics" }).click();
    const menu = (await page.getByRole("menu", { name: "Metrics" }).boundingBox())!;
    expect(menu.x).toBeGreaterThanOrEqual(0);
    expect(menu.x + menu.width).toBeLessThanOrEqual(930);
  });

  it("shows the confusion matrix of the best model first", async () => {
    const { page } = await openRun(imagineRun({ epochsDone: 8 }));
    const confusion = page.getByRole("region", { name: "Confusion matrix" });
    const shown = await confusion
      .locator("vscode-single-select")
      .evaluate((select) => (select as HTMLSelectElement).value);
    expect(shown).toBe("BA");
  });

  it("says of ClinicaDL's MAPS without epochs what is known, and not that it has not started", async () => {
    const panel = await open();
    const problem = "split-0: training.tsv holds no epoch, so there are no curves.";
    const track = {
      id: "split-0",
      split: 0,
      network: null,
      source: "table",
      reached: { loss: 0.67886 },
    } as const;
    const run = imaginedRunInfo({
      status: "unknown",
      tracks: [track, { id: "split-1", split: 1, network: null, source: "none" }],
      problems: [problem],
    });
    await panel.send(welcome(run));
    await panel.send({ kind: "table", track: "split-0", rows: "[]" });
    const row = panel.page.getByRole("row", { name: /Split 0/ });
    await row.getByText("Trained elsewhere").waitFor();
    expect(await row.getByText("0.6789").count()).toBe(1);
    expect(await panel.page.getByRole("definition").first().textContent()).toContain("0.6789");
    expect(await panel.page.getByText("Early stopping").count()).toBe(0);
    expect(await panel.page.getByRole("row", { name: /Split 1.*Not started/ }).count()).toBe(1);
  });

  // With the 120 ms that the host may take to find an event, well within 250 ms.
  it("shows an event within three frames", async () => {
    const events = imagineRun({ epochsDone: 3 });
    const { page } = await openRun(events.slice(0, -1));
    const frames = await page.evaluate(
      async (message) => {
        const progress = () =>
          document.querySelector("gyrus-training")?.shadowRoot?.querySelector(".figures")?.textContent ?? "";
        const before = progress();
        window.postMessage(message);
        let frames = 0;
        for (; progress() === before && frames < 300; frames++)
          await new Promise((frame) => requestAnimationFrame(frame));
        return frames;
      },
      eventsOf("split-0", events.slice(-1)),
    );
    expect(frames).toBeLessThanOrEqual(3);
  });

  it("says how long the device waited for images, once an epoch has told it", async () => {
    const events = imagineRun({ epochsDone: 2 });
    const first = events.findIndex(({ kind }) => kind === "epoch");
    const { page, send } = await openRun(events.slice(0, first));
    const waiting = page.getByText("waits for images 4% of the time");
    expect(await waiting.count()).toBe(0);
    await send(eventsOf("split-0", events.slice(first)));
    await waiting.waitFor();
  });

  it("notices that events are missing, and shows nothing twice", async () => {
    const events = imagineRun({ epochsDone: 4 });
    const { page, send, sent } = await openRun(events.slice(0, 10));
    await send(eventsOf("split-0", events.slice(20)));
    expect((await sent()).at(-1)).toEqual({ kind: "resync", track: "split-0", next: 10 });
    await send(eventsOf("split-0", events.slice(5)));
    const rows = page.getByRole("table", { name: "Epochs" }).getByRole("row");
    await expect.poll(() => rows.count()).toBe(5);
  });

  it("says NaN and marks where it is", async () => {
    const { page } = await openRun(imagineRun({ epochsDone: 6, nanEpoch: 5 }));
    await expect.poll(() => page.getByText("NaN: 1").count()).toBe(1);
    expect(await page.getByRole("button", { name: "Training NaN" }).count()).toBe(1);
  });

  it("is read by keyboard: values, zoom, reset", async () => {
    const { page } = await openRun(imagineRun({ epochsDone: 20 }));
    const chart = page.getByRole("slider", { name: /^Balanced accuracy chart/ });
    await chart.focus();
    await page.keyboard.press("Home");
    expect(await chart.getAttribute("aria-valuetext")).toMatch(
      /^Epoch 1, Training 0\.\d{4}, Validation 0\.\d{4}$/,
    );
    await page.keyboard.press("ArrowRight");
    expect(await chart.getAttribute("aria-valuetext")).toMatch(/^Epoch 2,/);
    await page.keyboard.press("+");
    expect(Number(await chart.getAttribute("aria-valuemax"))).toBeLessThan(20);
    await page.keyboard.press("0");
    expect(Number(await chart.getAttribute("aria-valuemax"))).toBe(20);
  });

  it("zooms by a drag and stays there while the training goes on", async () => {
    const events = imagineRun({ epochsDone: 20, batchesDone: 10 });
    const half = events.findIndex((event) => event.kind === "epoch" && event.epoch === 9) + 1;
    const { page, send } = await openRun(events.slice(0, half));
    const plot = page.locator("gyrus-chart .u-over").first();
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.25, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.5, box.y + 52, { steps: 4 });
    // What comes meanwhile makes the axis longer, and must not move it beneath the pointer.
    await send(eventsOf("split-0", events.slice(half, -10)));
    await nextFrames(page);
    await page.mouse.up();
    const charts = page.getByRole("slider", { name: / chart/ });
    const view = async () => [
      Number(await charts.nth(1).getAttribute("aria-valuemin")),
      Number(await charts.nth(1).getAttribute("aria-valuemax")),
    ];
    const zoomed = await view();
    expect(zoomed[0]).toBeCloseTo(2.5, 0);
    expect(zoomed[1]).toBeCloseTo(5, 0);
    await send(eventsOf("split-0", events.slice(-10)));
    expect(await view()).toEqual(zoomed);
    await page.getByRole("button", { name: "Show everything" }).first().click();
    expect((await view())[0]).toBe(0);
  });

  it("exports a chart as SVG, PNG and CSV", async () => {
    const { page, sent } = await openRun(imagineRun({ epochsDone: 5 }));
    for (const format of ["SVG", "PNG", "CSV"]) {
      await page.getByRole("button", { name: "Export: Loss" }).click();
      await page.getByRole("menuitem", { name: `Export as ${format}` }).click();
    }
    await expect.poll(async () => (await sent()).filter(({ kind }) => kind === "save").length).toBe(3);
    const saved = new Map((await sent()).map(({ name, content }) => [name, content]));
    const svg = String(saved.get("ad-cn-t1-linear-loss.svg"));
    expect(svg).toMatch(/^<svg .*<\/svg>$/s);
    // What other programs know: no mixtures of colours.
    expect(new Set([...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, color]) => color))).toEqual(
      new Set([...svg.matchAll(/(?:fill|stroke)="(none|#[0-9a-f]{6})"/g)].map(([, color]) => color)),
    );
    expect(saved.get("ad-cn-t1-linear-loss.csv")).toMatch(/^Epochs,Training,Validation\n1,/);
    const png = Object.values(saved.get("ad-cn-t1-linear-loss.png") as Record<string, number>);
    expect(png.slice(0, 4)).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(png.length).toBeGreaterThan(5_000);
  });

  async function openReconstructions(choice: Partial<PanelChoice> = {}): Promise<OpenPanel> {
    const panel = await open(choice);
    await panel.send(welcome(imaginedRunInfo({ task: "reconstruction", label: null, classes: [] })));
    await panel.send(eventsOf("split-0", reconstructingRun([0, 3, 7])));
    await panel.page.getByRole("region", { name: "Reconstructions of validation images" }).waitFor();
    return panel;
  }
  /** Answers what the panel asked last, as the editor would. */
  async function answerPlanes({ sent, send }: OpenPanel, blur: number): Promise<unknown> {
    const asked = (await sent()).findLast(({ kind }) => kind === "request");
    const value = [0, 1, 2, 3].map((person) => keptBrain(person, blur));
    await send({ kind: "answer", id: asked?.id, value });
    return asked?.args;
  }

  it.each(THEME_NAMES)("shows images beside their reconstructions, of any best epoch: %s", async (theme) => {
    const panel = await openReconstructions({ theme });
    const { page, send, sent } = panel;
    expect(await answerPlanes(panel, 0.3)).toEqual(["split-0", 7]);
    const row = page.getByRole("row", { name: /^sub-000, ses-M000/ });
    await row.waitFor();
    expect(await row.textContent()).toContain("A voxel is off by 0.0325 on average: 3.3% of the range");
    const shades = () =>
      page.evaluate(() =>
        [
          ...(document
            .querySelector("gyrus-training")
            ?.shadowRoot?.querySelector("gyrus-reconstructions")
            ?.shadowRoot?.querySelectorAll("canvas") ?? []),
        ]
          .slice(0, 3)
          .map((canvas) => [...(canvas.getContext("2d")?.getImageData(30, 36, 1, 1).data ?? [])]),
      );
    const best = await shades();
    // Input and reconstruction are gray, their difference is not black.
    expect(best[0]![0]).toBe(best[0]![2]);
    expect(best[2]).not.toEqual(best[0]);
    expect(await violations(page)).toEqual([]);
    await row.getByRole("button", { name: /^Open in Viewer: sub-000/ }).click();
    expect((await sent()).at(-1)).toEqual({
      kind: "openVolumes",
      track: "split-0",
      name: "sub-000_ses-M000_image",
    });

    const slider = page.getByRole("slider", { name: "Best epoch shown" });
    await slider.focus();
    await page.keyboard.press("Home");
    await expect.poll(async () => (await sent()).at(-1)?.kind).toBe("request");
    expect(await answerPlanes(panel, 1)).toEqual(["split-0", 0]);
    expect(await slider.getAttribute("aria-valuetext")).toBe("epoch 1 (1 of 3 best epochs)");
    await expect.poll(async () => (await shades())[1]).not.toEqual(best[1]);
    expect(await page.getByRole("button", { name: /^Open in Viewer: sub-000/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Sagittal" }).click();
    await page.getByRole("img", { name: "Difference, sub-001, ses-M000, sagittal plane" }).waitFor();

    await page.keyboard.press("Home");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await sent()).at(-1)?.args).toEqual(["split-0", 3]);
    const asked = (await sent()).at(-1);
    await send({ kind: "failure", id: asked?.id, failure: ["It holds no reconstructions."] });
    await page.getByRole("alert").getByText("It holds no reconstructions.").waitFor();
    expect(panel.faults).toEqual([]);
  });

  it("comes back as the user left it", async () => {
    const first = await openRun(imagineRun({ epochsDone: 8 }));
    await first.page.getByText("Logarithmic scale").click();
    const state = await first.page.evaluate(() =>
      (window as unknown as { gyrusState(): unknown }).gyrusState(),
    );
    const second = await openRun(imagineRun({ epochsDone: 8 }), { state });
    await expect
      .poll(() => second.page.getByRole("checkbox", { name: "Logarithmic scale" }).isChecked())
      .toBe(true);
  });

  it("shows splits side by side, a metric a row, all charts of one size", async () => {
    const panel = await open({ width: 930 });
    await panel.send(welcome(imaginedRunInfo({ tracks: splits(3) })));
    for (const { id, split } of splits(3))
      await panel.send(eventsOf(id, imagineRun({ split, seed: split + 1, epochsDone: 5 })));
    const plots = panel.page.locator("gyrus-chart .u-over");
    await expect.poll(() => plots.count()).toBe(2);
    await panel.page.locator("vscode-single-select.layout").click();
    await panel.page.getByRole("option", { name: "Side by side" }).click();
    await expect.poll(() => plots.count()).toBe(6);
    const boxes = async () => Promise.all((await plots.all()).map((plot) => plot.boundingBox()));
    await expect
      .poll(async () => new Set((await boxes()).map((box) => `${box?.width} x ${box?.height}`)).size)
      .toBe(1);
    const [first, ...others] = await boxes();
    expect(first?.width).toBeGreaterThan(150);
    expect(others.map((box) => box?.y)).toEqual([first?.y, first?.y, ...Array(3).fill(others[2]?.y)]);
  });

  const fiveSplits = async (choice: Partial<PanelChoice> = {}) => {
    const panel = await open(choice);
    await panel.send(welcome(imaginedRunInfo({ tracks: splits(5), status: "finished" })));
    for (const { id, split } of splits(5))
      await panel.send(
        eventsOf(id, imagineRun({ split, seed: split + 1, epochsDone: split === 3 ? 20 : 27, end: true })),
      );
    await panel.page.locator("gyrus-chart canvas").first().waitFor();
    return panel;
  };

  it("heads several splits with their mean and spread, and draws mean and band", async () => {
    const { page } = await fiveSplits();
    const values = [0, 1, 2, 3, 4].map((split) => {
      const events = imagineRun({ split, seed: split + 1, epochsDone: split === 3 ? 20 : 27, end: true });
      const losses = events.flatMap((event) => (event.kind === "epoch" ? [event.validation.loss!] : []));
      return Math.min(...losses);
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / 5;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4);
    const headline = await page.getByRole("definition").first().textContent();
    expect(headline?.replace(/\s+/g, " ").trim()).toBe(
      `${mean.toFixed(4)} ± ${deviation.toFixed(4)} ± SD of 5 splits: spread, not error; ${Math.min(...values).toFixed(4)} to ${Math.max(...values).toFixed(4)}`,
    );
    await page
      .getByText("mean of 5 splits; band from the lowest to the highest; fewer after epoch 20")
      .first()
      .waitFor();
    const chart = page.getByRole("slider", { name: /^Balanced accuracy chart/ });
    await chart.focus();
    await page.keyboard.press("Home");
    expect(await chart.getAttribute("aria-valuetext")).toMatch(
      /^Epoch 1, Training, mean 0\.\d{4} \(0\.\d{4} – 0\.\d{4}\), Validation, mean /,
    );
  });

  it("shows the single splits to who points at the chart or at the row of one", async () => {
    const { page } = await fiveSplits();
    const inked = () =>
      page.evaluate(() => {
        const canvas = document
          .querySelector("gyrus-training")
          ?.shadowRoot?.querySelector("gyrus-chart")
          ?.shadowRoot?.querySelector("canvas");
        const { data = [] } = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
        return [...data].filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    const before = await inked();
    await page.getByRole("slider", { name: /^Loss chart/ }).focus();
    await expect.poll(inked).toBeGreaterThan(before);
    await page.getByRole("button", { name: "Show as table: Loss" }).focus();
    await expect.poll(inked).toBe(before);
    await page.getByRole("button", { name: "Split 3" }).focus();
    await expect.poll(inked).toBeGreaterThan(before);
  });

  it.each(THEME_NAMES)("has no accessibility violation with mean and band: %s", async (theme) => {
    const panel = await fiveSplits({ theme, width: 800, height: 600 });
    await panel.page.getByRole("button", { name: "Split 3" }).focus();
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it.each(THEME_NAMES)("offers in words what comes next, once it has ended: %s", async (theme) => {
    const panel = await openRun(imagineRun({ epochsDone: 5, end: true }), { theme, width: 800 });
    const { page, send, sent } = panel;
    const next = [
      { step: "predict", refusal: null },
      { step: "interpret", refusal: "nothingPredicted" },
      { step: "startFrom", refusal: null },
    ] as const;
    const offered = page.getByRole("region", { name: "What next" });
    await send({ kind: "run", run: imaginedRunInfo({ next, status: "running" }) });
    expect(await offered.count()).toBe(0);
    await send({ kind: "run", run: imaginedRunInfo({ next, status: "finished" }) });
    await offered.waitFor();
    await offered.getByRole("button", { name: "Explain" }).focus();
    await page.keyboard.press("Enter");
    await offered.getByText("Predict new data first: what is explained are predictions.").waitFor();
    await offered.getByRole("button", { name: "Use as Starting Point" }).focus();
    await page.keyboard.press("Enter");
    expect((await sent()).filter(({ kind }) => kind === "next")).toEqual([
      { kind: "next", step: "startFrom" },
    ]);
    expect(await violations(page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  const networks = Array.from({ length: 36 }, (_, network) => ({
    id: `split-0/network-${network}`,
    split: 0,
    network,
    source: "events" as const,
  }));

  it.each(THEME_NAMES)("shows 36 patches on the brain, each a way to its network: %s", async (theme) => {
    const panel = await open({ theme, width: 800 });
    const { page } = panel;
    await panel.send(welcome(imaginedRunInfo({ tracks: networks, status: "finished" })));
    for (const { id, network } of networks)
      await panel.send(
        eventsOf(
          id,
          imagineRun({ network, seed: network + 1, epochsDone: 3, batchesPerEpoch: 2, end: true }),
        ),
      );
    await panel.send({ kind: "parts", parts: patchesMap() });
    const squares = page
      .getByRole("region", { name: "Parts of the brain by balanced accuracy" })
      .getByRole("button");
    await expect.poll(() => squares.count()).toBe(36);
    expect(await squares.first().getAttribute("aria-label")).toMatch(
      /^Split 0, network 0, balanced accuracy 0\.\d{4}$/,
    );
    await squares.first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    // The next square of the same plane: patches change along z first.
    const row = page.getByRole("button", { name: "Split 0, network 3", exact: true });
    await expect.poll(() => row.getAttribute("aria-pressed")).toBe("true");
    await page.getByText("mean of 36 networks").first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it("says what is wrong with a MAPS of which nothing can be read", async () => {
    const panel = await open();
    const problems = ["The folder /data/maps is not there any more."];
    await panel.send(welcome(imaginedRunInfo({ status: "missing", tracks: [], actions: [], problems })));
    await panel.page.getByRole("alert").getByText(problems[0]!).waitFor();
    expect(await violations(panel.page)).toEqual([]);
  });

  it("shows names that are markup as text", async () => {
    const panel = await open();
    const name = "</script><img src=x onerror=alert(1)> étude n° 1";
    await panel.send(welcome(imaginedRunInfo({ name, classes: ["<b>AD</b>", "CN"] })));
    await panel.send(eventsOf("split-0", imagineRun({ epochsDone: 2, classes: ["<b>AD</b>", "CN"] })));
    await panel.page.getByRole("heading", { level: 1, name }).waitFor();
    await panel.page.getByRole("rowheader", { name: "<b>AD</b> (positive)" }).waitFor();
    expect(panel.faults).toEqual([]);
  });

  it("names the class wherever sensitivity or specificity is shown", async () => {
    const panel = await open();
    await panel.send(welcome(imaginedRunInfo({ selectionMetrics: ["sensitivity", "specificity"] })));
    await panel.send(eventsOf("split-0", imagineRun({ epochsDone: 3 })));
    await panel.page.locator("gyrus-chart canvas").first().waitFor();
    for (const name of ["Sensitivity (AD)", "Specificity (CN)"])
      await panel.page.getByRole("heading", { level: 3, name }).waitFor();
    await panel.page.getByRole("columnheader", { name: "sensitivity (AD), train", exact: true }).waitFor();
    const words = await panel.page.locator("gyrus-training").evaluate(({ shadowRoot }) => {
      const tables = [...(shadowRoot?.querySelectorAll("gyrus-table") ?? [])];
      return [shadowRoot, ...tables.map((table) => table.shadowRoot)].map((root) => root?.textContent).join();
    });
    expect(words).toMatch(/sensitivity/i);
    expect(words).not.toMatch(/sensitivity(?! \(AD\))|specificity(?! \(CN\))/i);
  });

  it("says what a validation set without anybody of a class leaves undefined", async () => {
    const [start, ...events] = imagineRun({ epochsDone: 1 });
    const lacking = ["BA", "sensitivity"];
    const without = events.map((event) => {
      if (event.kind !== "epoch") return event;
      const { BA, ...others } = event.best;
      return {
        ...event,
        confusion: [
          [0, 0],
          [5, 41],
        ],
        undefinedMetrics: { train: [], validation: lacking },
        best: { ...others, BA: { ...BA!, undefinedMetrics: lacking } },
      };
    });
    const { page, send } = await openRun([start!, ...without]);
    const figure = page.locator("dl > div", { hasText: "Best BA" });
    await figure.getByText("undefined: no image of AD", { exact: true }).waitFor();
    const cell = page.locator("gyrus-table td").getByTitle("no image of AD");
    expect(await cell.textContent()).toBe("undefined: no image of AD");
    await page.getByText(/Sensitivity \(AD\)\s+undefined\s+·\s+Specificity \(CN\)\s+0\.8913/).waitFor();
    // Beside a split that has both classes, the mean says how many it leaves out.
    await send(welcome(imaginedRunInfo({ tracks: splits(2) })));
    await send(eventsOf("split-1", imagineRun({ split: 1, epochsDone: 1 })));
    const mean = page.getByRole("row", { name: /^Mean ± deviation over 2/ });
    await mean.getByText(/^0\.\d{4} \(1 undefined\)$/).waitFor();
  });

  it("says at the end that a network answered one class in every epoch", async () => {
    const events = imagineRun({ epochsDone: 3, end: true }).map((event) =>
      event.kind === "epoch"
        ? {
            ...event,
            confusion: [
              [0, 23],
              [0, 23],
            ],
          }
        : event,
    );
    const { page } = await openRun(events);
    const said = page.getByText("In every epoch all images got the same answer (CN): nothing was learned.");
    await said.waitFor();
    const others = await openRun(imagineRun({ epochsDone: 3, end: true }));
    await others.page.getByText("Confusion matrix").waitFor();
    expect(await others.page.getByText(/got the same answer/).count()).toBe(0);
  });

  it("says that a graphics card stays idle, and where to read why", async () => {
    const [start, ...events] = imagineRun({ epochsDone: 2 });
    if (start?.kind !== "start") throw new Error("A run begins with its start.");
    const { page } = await openRun([{ ...start, idleCard: "NVIDIA GeForce RTX 3060" }, ...events]);
    await page.getByText("NVIDIA GeForce RTX 3060 stays idle. “Gyrus: Check the Installation”").waitFor();
  });

  it("tells who is in the sets, and who was left out and why", async () => {
    const { page } = await openRun(imagineRun({ epochsDone: 2 }));
    const card = page.getByRole("region", { name: "Data" });
    await card.getByRole("row", { name: "AD 140 (88) 23", exact: true }).waitFor();
    await card.getByRole("row", { name: "All 285 (180) 46", exact: true }).waitFor();
    await card.getByRole("row", { name: "Rows of its table 330 (212) 46", exact: true }).waitFor();
    const leftOut = card.getByRole("table", { name: "Left out of training" });
    const row = (name: string) => leftOut.getByRole("row", { name, exact: true });
    await row("no diagnosis 3 3 sub-017 ses-M000, sub-041 ses-M012, …").waitFor();
    await row("a diagnosis that is not asked 42 29 sub-003 ses-M000, …").waitFor();
    expect(await leftOut.getByRole("row").count()).toBe(3);
    await page.setViewportSize({ width: 420, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
    expect(await card.getByRole("table", { name: "Left out of validation" }).count()).toBe(0);
  });

  it("says nothing of the sets where the log of a former version does not", async () => {
    const [start, ...events] = imagineRun({ epochsDone: 2 });
    if (start?.kind !== "start") throw new Error("A run begins with its start.");
    const { page } = await openRun([{ ...start, flow: null }, ...events]);
    expect(await page.getByRole("region", { name: "Data" }).count()).toBe(0);
  });

  it("says once why a training ended", async () => {
    const events = imagineRun({ epochsDone: 3 });
    const message = "All 3 epochs were run. Best models: loss 0.3 in epoch 2.";
    const end = {
      kind: "end",
      seq: events.length,
      time: 0,
      reason: "completed",
      epochs: 3,
      batches: 0,
      message,
    } as const;
    const { page } = await openRun([...events, end]);
    await page.getByText("3 epochs · All epochs were run.", { exact: true }).waitFor();
  });

  it("follows only what is asked: stop, log, resume are told to the editor", async () => {
    const { page, sent } = await openRun(imagineRun({ epochsDone: 2 }));
    await page.getByRole("button", { name: "Stop after this epoch" }).click();
    expect((await sent()).at(-1)).toEqual({ kind: "act", action: "stopAfterEpoch" });
  });

  it("stays smooth with 5 runs of 4 metrics and 10,000 points each", async () => {
    const panel = await open({ width: 1300 });
    await panel.send(
      welcome(
        imaginedRunInfo({
          tracks: splits(5),
          selectionMetrics: ["loss", "BA", "sensitivity", "specificity"],
        }),
      ),
    );
    const runs = splits(5).map(({ split }) => longRun(split, 10_030));
    for (const [split, events] of runs.entries())
      await panel.send(eventsOf(`split-${split}`, events.slice(0, 10_001)));
    await expect.poll(() => panel.page.locator("gyrus-chart canvas").count()).toBe(4);
    const blocks = Array.from({ length: 20 }, (_, i) =>
      runs.map((events, split) => eventsOf(`split-${split}`, events.slice(10_001 + i, 10_002 + i))),
    );
    const worked = await pageWork(panel.page);
    const before = await worked();
    const frames = (await panel.page.evaluate(measureFrames, blocks)).toSorted((a, b) => a - b);
    const perUpdate = ((await worked()) - before) / blocks.length;
    process.stdout.write(
      `panel of 5 x 4 x 10,000 points: ${perUpdate.toFixed(1)} ms of the page's thread for an update; at 10 updates/s ` +
        `frames of ${frames[Math.floor(frames.length / 2)]!.toFixed(1)} ms (median), ` +
        `${frames[Math.floor(frames.length * 0.95)]!.toFixed(1)} ms (95 %)\n`,
    );
    expect(perUpdate).toBeLessThan(75);
  });
});

/** A run of `evaluations` evaluations within its first epoch. */
const nextFrames = (page: Page) =>
  page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));

function longRun(split: number, evaluations: number): readonly RunEvent[] {
  const [start] = imagineRun({ split, epochsDone: 0, batchesPerEpoch: evaluations + 1 });
  const metrics = (at: number, shift: number) => {
    const value = 0.5 + 0.4 * Math.sin(at / 900 + split + shift) * Math.exp(-at / 9_000);
    const spike = at % 1_371 === 0 ? 0.3 : 0;
    return { loss: value + spike, BA: value, sensitivity: value + 0.05, specificity: value - 0.05 };
  };
  return [
    start!,
    ...Array.from(
      { length: evaluations },
      (_, i): RunEvent => ({
        kind: "evaluation",
        seq: i + 1,
        time: start!.time + 100 * i,
        epoch: 0,
        batch: i,
        train: metrics(i, 0),
        validation: metrics(i, 0.4),
      }),
    ),
  ];
}

/** Plays the blocks ten times a second; tells the times between frames, in ms. */
async function measureFrames(blocks: readonly (readonly unknown[])[]) {
  const frames: number[] = [];
  let last = performance.now();
  let running = true;
  const tick = (now: number) => {
    frames.push(now - last);
    last = now;
    if (running) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  for (const block of blocks) {
    for (const message of block) window.postMessage(message);
    await new Promise((waited) => setTimeout(waited, 100));
  }
  running = false;
  return frames.slice(1);
}
