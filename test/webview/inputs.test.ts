import { afterAll, beforeAll, expect, it } from "vitest";
import type { InputPlan } from "../../webview/inputs/messages";
import { violations } from "../support/webview/accessibility";
import {
  describeInBrowser,
  type OpenPanel,
  type PanelChoice,
  THEME_NAMES,
  WebviewBed,
} from "../support/webview/bed";
import {
  drawAnswer,
  drawNumber,
  imageAnswer,
  imaginedPlan,
  imaginedProblem,
  inputAnswer,
  inputsWelcome,
  storedAnswer,
} from "../support/webview/inputsPlan";
import { imaginedImage, imaginedVoxels } from "../support/webview/niftiImage";
import { pageWork } from "../support/webview/pageWork";
import { answerLast, lastAsked, refuseLast, requestsOf } from "../support/webview/requests";

describeInBrowser("Input preview", () => {
  let bed: WebviewBed;
  beforeAll(async () => {
    bed = await WebviewBed.start();
  });
  afterAll(() => bed.stop());

  const open = (choice: Partial<PanelChoice> = {}) =>
    bed.open({ panel: "inputs", element: "gyrus-inputs", width: 1300, ...choice });

  function answerOf(plan: InputPlan, name: string, args: readonly unknown[]): unknown {
    switch (name) {
      case "readImage":
        return imageAnswer(Number(args[0]));
      case "readStored":
        return storedAnswer();
      case "readDraw":
        return drawAnswer(plan, drawNumber(args[2]));
      default:
        return inputAnswer(plan);
    }
  }

  /** Plays the editor until nothing more is asked. */
  async function answer(panel: OpenPanel, plan: InputPlan): Promise<void> {
    const answered = new Set<number>();
    for (let quiet = 0; quiet < 3; quiet++) {
      for (const { id, name, args } of await requestsOf(panel)) {
        if (answered.has(id)) continue;
        answered.add(id);
        quiet = 0;
        const value = answerOf(plan, name, args);
        await panel.send({ kind: "answer", id, value });
      }
      await panel.page.waitForTimeout(80);
    }
  }

  async function openPlan(plan = imaginedPlan(), choice: Partial<PanelChoice> = {}): Promise<OpenPanel> {
    const panel = await open(choice);
    await panel.send(inputsWelcome());
    await panel.send({ kind: "plan", plan, problems: [] });
    await answer(panel, plan);
    await panel.page
      .getByRole("slider", { name: /^Axial plane/ })
      .first()
      .waitFor();
    return panel;
  }
  const axial = ({ page }: OpenPanel) => page.getByRole("slider", { name: /^Axial plane/ }).first();

  it("lays an image over those of the plan, and keeps it for the next one", async () => {
    const panel = await openPlan();
    await panel.page.getByRole("button", { name: "Add Layer…" }).click();
    await expect.poll(() => panel.sent()).toContainEqual({ kind: "addLayer", image: 4 });
    const layer = { uri: "file:///atlas.nii.gz", name: "atlas.nii.gz", isMap: false };
    await panel.send({ kind: "layers", layers: [layer] });
    await expect.poll(() => lastAsked(panel, "openLayer")).toEqual([layer.uri, 0]);
    await answerLast(panel, "openLayer", {
      kind: "layer",
      image: imaginedImage(),
      voxels: imaginedVoxels(),
      regions: [],
    });
    await panel.page.getByRole("img", { name: /^Colours of atlas/ }).waitFor();
    expect(await axial(panel).getAttribute("aria-valuetext")).toContain("atlas.nii.gz");
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it("asks for the plan, then for the first image and the part in its middle", async () => {
    const panel = await openPlan();
    expect(await panel.sent()).toEqual([
      { kind: "hello" },
      { kind: "request", id: 1, name: "readImage", args: [4] },
      { kind: "request", id: 2, name: "readInput", args: [4, 9] },
    ]);
    expect(await panel.page.getByRole("heading", { name: "sub-005 · ses-M000 · AD" }).count()).toBe(1);
  });

  it("says in one line what the network learns from", async () => {
    const panel = await openPlan();
    const line =
      "Classification of diagnosis (AD, CN) · patches of 4³ voxels every 4 · 18 of them in each image · " +
      "input 1 × 4 × 4 × 4 · each normalised to [0, 1]";
    expect(await panel.page.getByText(line).count()).toBe(1);
    expect(await panel.page.getByText("20 images × 18 = 360 inputs").count()).toBe(1);
    expect(await panel.page.getByText("AD 10 · CN 10").count()).toBe(1);
  });

  it("shows an image as it is stored, with the crosshair at the same place of the head", async () => {
    const plan = imaginedPlan();
    const panel = await openPlan(plan);
    const world = panel.page.getByRole("spinbutton", { name: "World x, millimetres" });
    const before = await world.first().inputValue();
    await panel.page.getByRole("button", { name: "As stored" }).click();
    await expect.poll(() => lastAsked(panel, "readStored")).toEqual([4]);
    await answer(panel, plan);
    await panel.page.getByText("6 × 15 × 9 · 2 × 1 × 1 mm · LAS").waitFor();
    // Voxels of twice the size: the nearest one is half a voxel away at most.
    expect(Math.abs(Number(await world.first().inputValue()) - Number(before))).toBeLessThanOrEqual(1);
    expect(await violations(panel.page)).toEqual([]);
    await panel.page.getByRole("button", { name: "As trained" }).click();
    await panel.page.getByText("12 × 15 × 9 · 1 × 1 × 1 mm · RAS").waitFor();
    expect(await world.first().inputValue()).toBe(before);
  });

  it.each(THEME_NAMES)("keeps to the policy and has no accessibility violation: %s", async (theme) => {
    const panel = await open({ theme });
    await panel.send(inputsWelcome());
    const plan = imaginedPlan({ augmentation: ["Noise", "CropPad"] });
    const warning = imaginedProblem({ severity: "warning", file: null, line: null, where: "patience" });
    await panel.send({ kind: "plan", plan, problems: [imaginedProblem(), warning] });
    await answer(panel, plan);
    await axial(panel).waitFor();
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it("lists every problem with file, row and remedy, and opens the file", async () => {
    const panel = await open();
    await panel.send(inputsWelcome());
    const many = Array.from({ length: 250 }, (_, i) => imaginedProblem({ line: i + 2 }));
    await panel.send({ kind: "plan", plan: null, problems: many });
    await panel.page.getByRole("heading", { name: "250 errors" }).waitFor();
    const first = panel.page.getByRole("listitem").first();
    expect((await first.textContent())?.replace(/\s+/g, " ")).toMatch(
      /Error: sub-101 ses-M000 has no image.*Run Clinica's t1-linear on it, or remove the row\. split\/train\.tsv line 2/,
    );
    await first.getByRole("button").click();
    expect((await panel.sent()).at(-1)).toEqual({ kind: "open", file: "/data/split/train.tsv", line: 2 });
    await panel.page.getByRole("button", { name: "Read Again" }).click();
    expect((await panel.sent()).at(-1)).toEqual({ kind: "again" });
    expect(await violations(panel.page)).toEqual([]);
  });

  it("chooses set and split, and says how many images they have", async () => {
    const panel = await openPlan();
    await panel.page.getByRole("button", { name: "Validation 4" }).click();
    await answer(panel, imaginedPlan());
    await panel.page.getByText("4 images × 18 = 72 inputs").waitFor();
    expect(await lastAsked(panel, "readImage")).toEqual([0]);
    await panel.page.getByRole("combobox", { name: "Split" }).click();
    await panel.page.getByRole("option", { name: "Split 1" }).click();
    await answer(panel, imaginedPlan());
    expect(await lastAsked(panel, "readImage")).toEqual([1]);
  });

  it("finds an image by words, and goes through them by keyboard", async () => {
    const panel = await openPlan();
    await panel.page.getByRole("textbox", { name: "Search participant, session, label" }).fill("02 CN");
    await panel.page.getByText("3 of 20").waitFor();
    const list = panel.page.getByRole("group", { name: "Images" });
    await list.focus();
    await panel.page.keyboard.press("ArrowDown");
    await expect.poll(() => lastAsked(panel, "readImage")).toEqual([19]);
  });

  it("steps through the parts, and moves the crosshair to each", async () => {
    const panel = await openPlan();
    await panel.page.getByRole("button", { name: "Next" }).click();
    await expect.poll(() => lastAsked(panel, "readInput")).toEqual([4, 10]);
    // Patch 10 is the second along x and y and the first along z.
    expect(await axial(panel).getAttribute("aria-valuetext")).toMatch(/voxel 6 10 2.*Patch 10 is current$/);
    await panel.page.getByRole("spinbutton", { name: "Number of the patch, from 0" }).fill("0");
    await panel.page.keyboard.press("Enter");
    expect(await axial(panel).getAttribute("aria-valuetext")).toMatch(/voxel 2 2 2.*Patch 0 is current$/);
    expect(await panel.page.getByRole("row", { name: "Voxels 0 – 3, 0 – 3, 0 – 3" }).count()).toBe(1);
  });

  it("chooses the part that the crosshair is in", async () => {
    const panel = await openPlan();
    await axial(panel).focus();
    for (let i = 0; i < 5; i++) await panel.page.keyboard.press("ArrowRight");
    await expect.poll(async () => (await lastAsked(panel, "readInput"))?.[1]).toBe(15);
    // Voxel 8 along z belongs to no patch: the last one stays.
    await panel.page.keyboard.press("Shift+PageUp");
    expect(await axial(panel).getAttribute("aria-valuetext")).toMatch(/voxel 11 7 8.*Patch 15 is current$/);
  });

  it("shows the part with the values that the network gets", async () => {
    const panel = await openPlan();
    expect(await panel.page.getByRole("row", { name: "Values 0 to 1, mean 0.5" }).count()).toBe(1);
    const part = panel.page.getByRole("region", { name: "What the network gets" });
    expect(await part.getByRole("slider", { name: /^Coronal plane/ }).getAttribute("aria-valuetext")).toMatch(
      /^slice 4 of 4, voxel 2 3 0,/,
    );
  });

  it("shows a slice as one picture, and the regions by name", async () => {
    const slices = imaginedPlan({
      inputSize: [3, 12, 15],
      cut: { mode: "slice", direction: 2, channels: 3, first: 1, count: 7 },
    });
    const flat = await openPlan(slices);
    const part = flat.page.getByRole("region", { name: "What the network gets" });
    expect(await part.getByRole("slider").count()).toBe(1);
    expect(await part.getByRole("spinbutton", { name: /Number of the slice/ }).inputValue()).toBe("4");
    expect(await part.getByText("three equal channels").count()).toBe(1);

    const planes = [
      [3, 4, 5, 6],
      [3, 4, 5, 6],
      [2, 3, 4, 5],
    ] as const;
    const regions = imaginedPlan({
      cut: {
        mode: "roi",
        regions: [
          { name: "hippocampusLeft", planes, mask: Uint8Array.from({ length: 64 }, (_, i) => i % 2) },
          { name: "hippocampusRight", planes },
        ],
      },
    });
    const cut = await openPlan(regions);
    await cut.page.getByRole("combobox", { name: "Region of interest" }).click();
    await cut.page.getByRole("option", { name: "hippocampusRight" }).click();
    await expect.poll(async () => (await lastAsked(cut, "readInput"))?.[1]).toBe(1);
    expect(cut.faults).toEqual([]);
  });

  const whole = () =>
    imaginedPlan({
      cut: { mode: "image" },
      inputSize: [1, 12, 15, 9],
      augmentation: ["flip", "noise | blur"],
    });

  it("shows whole images as the network gets them, and names the transforms of the training", async () => {
    const panel = await openPlan(whole());
    expect(await requestsOf(panel, "readImage")).toEqual([]);
    expect(await panel.page.getByRole("slider", { name: /plane/ }).count()).toBe(3);
    expect(await panel.page.getByRole("row", { name: "Transforms flip, noise | blur" }).count()).toBe(1);
  });

  it("has nothing to draw where there are no transforms", async () => {
    const panel = await openPlan(imaginedPlan());
    expect(await panel.page.getByRole("button", { name: "Six draws" }).count()).toBe(0);
  });

  const showDraws = async (panel: OpenPanel, plan: InputPlan) => {
    await panel.page.getByRole("button", { name: "Six draws" }).click();
    await answer(panel, plan);
    await panel.page.getByRole("figure", { name: "Epoch 6" }).waitFor();
  };

  it("shows six draws beside the input without transforms, each with what was done in words", async () => {
    const plan = whole();
    const panel = await openPlan(plan);
    await showDraws(panel, plan);
    const asked = (await requestsOf(panel, "readDraw")).map(({ args }) => args);
    expect(asked).toEqual([0, 1, 2, 3, 4, 5].map((number) => [4, 0, { split: 0, number, seed: 7 }]));
    const draws = panel.page.getByRole("region", { name: "What the training learns from" });
    expect(await draws.getByRole("figure").count()).toBe(7);
    const words = async (name: string) =>
      (await draws.getByRole("figure", { name }).locator("figcaption").textContent())?.trim();
    expect(await words("Without transforms")).toBe("Without transforms");
    expect(await words("Epoch 1")).toBe("Epoch 1 left and right exchanged; gamma 0.842");
    expect(await words("Epoch 2")).toBe("Epoch 2 left as it is");
    await panel.page.getByRole("status").filter({ hasText: "6 of 6 drawn" }).waitFor();
  });

  it("draws what the next epochs will, with another seed too, and goes back", async () => {
    const plan = whole();
    const panel = await openPlan(plan);
    await showDraws(panel, plan);
    await panel.page.getByRole("button", { name: "Next Six" }).click();
    await answer(panel, plan);
    expect(await lastAsked(panel, "readDraw")).toEqual([4, 0, { split: 0, number: 11, seed: 7 }]);
    await panel.page.getByRole("figure", { name: "Epoch 12" }).waitFor();
    await panel.page.getByRole("spinbutton", { name: "Seed" }).fill("99");
    await panel.page.keyboard.press("Enter");
    await answer(panel, plan);
    expect(await lastAsked(panel, "readDraw")).toEqual([4, 0, { split: 0, number: 5, seed: 99 }]);
    expect(await panel.page.getByRole("button", { name: "Former Six" }).isDisabled()).toBe(true);
    await panel.page.getByRole("button", { name: "As trained" }).click();
    await axial(panel).waitFor();
    expect(await panel.page.getByRole("figure").count()).toBe(0);
  });

  it("shows the same place in all of them, in the plane that is chosen", async () => {
    const plan = whole();
    const panel = await openPlan(plan);
    await showDraws(panel, plan);
    await panel.page.getByRole("button", { name: "Coronal" }).click();
    const planes = panel.page.getByRole("slider", { name: /^Coronal plane/ });
    expect(await planes.count()).toBe(7);
    await planes.nth(3).focus();
    await panel.page.keyboard.press("ArrowRight");
    const places = () =>
      planes.evaluateAll((all) => all.map((one) => /voxel [^,]*/.exec(one.ariaValueText ?? "")?.[0]));
    await expect.poll(async () => new Set(await places()).size).toBe(1);
    expect((await places())[0]).toMatch(/^voxel 7 /);
    // Nothing is drawn again for that.
    expect(await requestsOf(panel, "readDraw")).toHaveLength(6);
  });

  it("says where the training ends before it draws so often, and that validation images are not transformed", async () => {
    const plan = whole();
    const panel = await openPlan(plan);
    await panel.page.getByRole("button", { name: "Six draws" }).click();
    await expect.poll(() => lastAsked(panel, "readDraw")).not.toBeNull();
    await answerLast(panel, "readDraw", drawAnswer(plan, 0));
    await expect.poll(async () => (await requestsOf(panel, "readDraw")).length).toBe(2);
    await answerLast(panel, "readDraw", null);
    await panel.page.getByText("The training ends before it learns from this more often.").waitFor();
    expect(await panel.page.getByRole("button", { name: "Next Six" }).isDisabled()).toBe(true);
    await panel.page.getByRole("button", { name: "Validation 4" }).click();
    await answer(panel, plan);
    await panel.page.getByText("Images of the validation set are not transformed.").waitFor();
    expect(await requestsOf(panel, "readDraw")).toHaveLength(2);
  });

  it("says why nothing can be drawn of an image, and draws again when the experiment file was changed", async () => {
    const plan = whole();
    const panel = await openPlan(plan);
    await panel.page.getByRole("button", { name: "Six draws" }).click();
    await expect.poll(() => lastAsked(panel, "readDraw")).not.toBeNull();
    await refuseLast(panel, "readDraw", [imaginedProblem({ message: "sub-005: The gzip data is corrupt." })]);
    await panel.page.getByText("sub-005: The gzip data is corrupt.").waitFor();
    const edited = { ...plan, augmentation: ["gamma"], seed: 8 };
    await panel.send({ kind: "plan", plan: edited, problems: [] });
    await answer(panel, edited);
    await panel.page.getByRole("figure", { name: "Epoch 6" }).waitFor();
    expect(await lastAsked(panel, "readDraw")).toEqual([4, 0, { split: 0, number: 5, seed: 8 }]);
  });

  it.each(THEME_NAMES)("shows draws of patches without an accessibility violation: %s", async (theme) => {
    const plan = imaginedPlan({ augmentation: ["gamma"] });
    const panel = await openPlan(plan, { theme });
    await showDraws(panel, plan);
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });

  it("says which image the arrow keys choose in the list", async () => {
    const panel = await openPlan();
    await panel.page.getByRole("group", { name: "Images" }).focus();
    await panel.page.keyboard.press("ArrowDown");
    await answer(panel, imaginedPlan());
    await panel.page.getByRole("status").filter({ hasText: "sub-006 · ses-M000 · CN" }).waitFor();
  });

  it("keeps many problems in their list: the page gets no longer", async () => {
    const panel = await openPlan(imaginedPlan(), { width: 800 });
    const height = () => panel.page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    const problems = Array.from({ length: 60 }, (_, i) => imaginedProblem({ line: i + 2 }));
    await panel.send({ kind: "plan", plan: imaginedPlan(), problems });
    await panel.page.getByText("60 errors").waitFor();
    expect(await height()).toBe(before);
  });

  it("says why an image cannot be read, and goes on with the next", async () => {
    const panel = await openPlan();
    const problem = imaginedProblem({
      file: "/data/caps/sub-006.nii.gz",
      line: null,
      where: null,
      message: "sub-006 ses-M000: The gzip data is truncated or corrupt.",
    });
    await panel.page.getByRole("group", { name: "Images" }).focus();
    await panel.page.keyboard.press("ArrowDown");
    await expect.poll(() => lastAsked(panel, "readImage")).toEqual([5]);
    await refuseLast(panel, "readImage", [problem]);
    await panel.page.getByText("sub-006 ses-M000: The gzip data is truncated or corrupt.").waitFor();
    await panel.page.keyboard.press("ArrowDown");
    await expect.poll(() => lastAsked(panel, "readImage")).toEqual([6]);
    await answer(panel, imaginedPlan());
    await axial(panel).waitFor();
  });

  it("comes back as the user left it", async () => {
    const first = await openPlan();
    await first.page.getByRole("button", { name: "Validation 4" }).click();
    await answer(first, imaginedPlan());
    await first.page.getByRole("button", { name: "Next" }).click();
    const state = await first.page.evaluate(() =>
      (window as unknown as { gyrusState(): unknown }).gyrusState(),
    );
    const second = await openPlan(imaginedPlan(), { state });
    expect(await lastAsked(second, "readInput")).toEqual([0, 10]);
    expect(await second.page.getByRole("button", { name: "Validation 4" }).getAttribute("aria-pressed")).toBe(
      "true",
    );
  });

  it("stays quick with ten thousand images", async () => {
    const plan = imaginedPlan({}, 10_000);
    const panel = await openPlan(plan);
    await axial(panel).focus();
    const worked = await pageWork(panel.page);
    const before = await worked();
    const steps = 20;
    await panel.page.evaluate(async (count) => {
      const root = document
        .querySelector("gyrus-inputs")
        ?.shadowRoot?.querySelector("gyrus-volume")?.shadowRoot;
      const picture = root?.querySelector("gyrus-plane")?.shadowRoot?.querySelector(".picture");
      for (let i = 0; i < count; i++) {
        picture?.dispatchEvent(new KeyboardEvent("keydown", { key: i % 2 ? "ArrowLeft" : "ArrowRight" }));
        await new Promise((frame) => requestAnimationFrame(frame));
      }
    }, steps);
    const step = ((await worked()) - before) / steps;
    process.stdout.write(
      `a step of the crosshair beside 10,000 images: ${step.toFixed(1)} ms of the page's thread\n`,
    );
    expect(step).toBeLessThan(50);
  });

  it("shows names that are markup as text", async () => {
    const panel = await open();
    await panel.send(inputsWelcome("</script><img src=x>é.experiment.json"));
    const image = { participant: "<b>sub</b>", session: "ses-1", cohort: "single", label: "AD" };
    const plan = imaginedPlan({ images: Array.from({ length: 24 }, () => image) });
    await panel.send({ kind: "plan", plan, problems: [imaginedProblem({ message: "<i>no</i>" })] });
    await panel.page
      .getByRole("heading", { level: 1, name: "</script><img src=x>é.experiment.json" })
      .waitFor();
    expect(await panel.page.getByText("<i>no</i>").count()).toBe(1);
    expect(panel.faults).toEqual([]);
  });
});
