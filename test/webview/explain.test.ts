import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ShownExplanation } from "../../webview/explain/messages";
import { violations } from "../support/webview/accessibility";
import {
  describeInBrowser,
  type OpenPanel,
  type PanelChoice,
  THEME_NAMES,
  WebviewBed,
} from "../support/webview/bed";
import {
  atlasFile,
  atlasVoxels,
  explainWelcome,
  explanation,
  headImage,
  headVoxels,
  mapFile,
  mapVoxels,
} from "../support/webview/explained";
import { answerLast, lastAsked, requestsOf } from "../support/webview/requests";

const PICTURES = process.env.GYRUS_LOOK;

describeInBrowser("explanation", () => {
  let bed: WebviewBed;
  beforeAll(async () => {
    bed = await WebviewBed.start();
  });
  afterAll(() => bed.stop());

  const layer = (voxels: Float32Array, regions: readonly (readonly [number, string])[] = []) => ({
    kind: "layer",
    image: headImage(),
    voxels,
    regions,
  });

  async function answerShow(panel: OpenPanel, of = 12, name = mapFile.name): Promise<void> {
    const uri = mapFile.uri.replace(mapFile.name, name);
    await answerLast(panel, "show", {
      anatomy: { kind: "image", image: headImage(), voxels: headVoxels(), of },
      map: { ...mapFile, uri, name },
    });
    await expect
      .poll(async () => (await requestsOf(panel, "openLayer")).map(({ args }) => args[0]))
      .toContain(uri);
    const asked = await requestsOf(panel, "openLayer");
    for (const { id, args } of asked) {
      const value =
        args[0] === atlasFile.uri
          ? layer(atlasVoxels(), [
              [1, "Right half"],
              [2, "Left half"],
            ])
          : layer(mapVoxels());
      await panel.send({ kind: "answer", id, value });
    }
    await panel.page.getByRole("img", { name: new RegExp(`^Colours of ${name}`) }).waitFor();
  }

  async function open(
    choice: Partial<PanelChoice> = {},
    changed: Partial<ShownExplanation> = {},
  ): Promise<OpenPanel> {
    const panel = await bed.open({ panel: "explain", element: "gyrus-explain", ...choice });
    await panel.send(explainWelcome);
    await panel.send({ kind: "explanation", explanation: explanation(changed) });
    await expect.poll(() => lastAsked(panel, "show")).not.toBeNull();
    await answerShow(panel);
    return panel;
  }

  async function withAtlas(choice: Partial<PanelChoice> = {}): Promise<OpenPanel> {
    const panel = await open(choice);
    await panel.send({ kind: "layers", layers: [atlasFile] });
    await expect.poll(() => lastAsked(panel, "openLayer")).toEqual([atlasFile.uri, 0]);
    await answerLast(
      panel,
      "openLayer",
      layer(atlasVoxels(), [
        [1, "Right half"],
        [2, "Left half"],
      ]),
    );
    await panel.page.getByRole("table", { name: "Regions" }).getByText("Right half").waitFor();
    return panel;
  }

  it("asks for the mean first, and a click on a participant shows that map", async () => {
    const panel = await open();
    expect(await lastAsked(panel, "show")).toEqual([-1, 0]);
    await panel.page.getByText("Mean map over the mean of 12 images.").waitFor();
    await panel.page.getByRole("row", { name: /sub-002/ }).click();
    await expect.poll(() => lastAsked(panel, "show")).toEqual([1, 0]);
    await answerShow(panel, 1, "sub-002_ses-M000_image-0_map.nii.gz");
    expect(await panel.page.getByText("Mean map over").count()).toBe(0);
    expect(panel.faults).toEqual([]);
  });

  it("keeps one participant beside the others, with a map that is seen alike, and moves both", async () => {
    const panel = await open();
    await panel.page.getByRole("row", { name: /sub-002/ }).click();
    await expect.poll(() => lastAsked(panel, "show")).toEqual([1, 0]);
    await answerShow(panel, 1, "sub-002_ses-M000_image-0_map.nii.gz");
    const asked = (await requestsOf(panel, "show")).length;
    await panel.page.getByRole("button", { name: "Keep Beside" }).click();
    await expect.poll(async () => (await requestsOf(panel, "show")).length).toBe(asked + 1);
    // Who is on the left is asked for again, then who is on the right.
    const other = panel.page.getByRole("group", { name: "sub-002 · ses-M000, beside the image" });
    const answered = new Set((await requestsOf(panel)).map(({ id }) => id));
    answered.delete((await requestsOf(panel, "show")).at(-1)?.id ?? -1);
    const answers = async () => {
      for (const { id, name } of (await requestsOf(panel)).filter((one) => !answered.has(one.id))) {
        answered.add(id);
        const anatomy = { kind: "image", image: headImage(), voxels: headVoxels(), of: 1 };
        const value = name === "show" ? { anatomy, map: mapFile } : layer(mapVoxels());
        await panel.send({ kind: "answer", id, value });
      }
      return await other.count();
    };
    // Volumes are large messages.
    await expect.poll(answers, { timeout: 60_000 }).toBe(1);
    const axial = panel.page.getByRole("slider", { name: /^Axial plane/ });
    await expect.poll(() => axial.count()).toBe(2);
    const said = await axial.first().getAttribute("aria-valuetext");
    await axial.first().press("PageUp");
    await expect.poll(() => axial.first().getAttribute("aria-valuetext")).not.toBe(said);
    if (PICTURES !== undefined) await panel.page.screenshot({ path: `${PICTURES}/explain-beside.png` });
    const place = (words: string | null) => /^slice \d+ of \d+/.exec(words ?? "")?.[0];
    expect(place(await axial.last().getAttribute("aria-valuetext"))).toBe(
      place(await axial.first().getAttribute("aria-valuetext")),
    );
    await panel.page.getByRole("button", { name: "Beside: sub-002" }).click();
    await other.waitFor({ state: "detached" });
    expect(panel.faults).toEqual([]);
  });

  it("says who was answered wrongly, with truth, answer and probability", async () => {
    const panel = await open();
    await panel.page.getByRole("row", { name: "sub-001 AD CN (wrong) 0.500" }).waitFor();
  });

  it("ranks the regions of an atlas, goes to the peak of one, and gives them as CSV", async () => {
    const panel = await withAtlas();
    const rows = panel.page.getByRole("table", { name: "Regions" }).getByRole("row");
    expect(await rows.nth(1).textContent()).toMatch(/Right half.*100 %|Right half.*100%/s);
    expect(await rows.nth(2).textContent()).toMatch(/Left half/);
    await rows.nth(1).click();
    const plane = panel.page.getByRole("slider", { name: /^Axial plane/ });
    await expect.poll(() => plane.getAttribute("aria-valuetext")).toMatch(/right/);
    await panel.page.getByRole("button", { name: "Save as CSV" }).click();
    await expect
      .poll(async () => (await panel.sent()).find(({ kind }) => kind === "save"))
      .toMatchObject({ name: "test-gradients-AD-mean-regions.csv" });
    const saved = (await panel.sent()).find(({ kind }) => kind === "save");
    expect(String(saved?.content).split("\n")[0]).toBe(
      "label,region,voxels,mean_absolute_map,share_of_map,balance",
    );
    expect(String(saved?.content).split("\n")[1]).toMatch(/^1,Right half,/);
  });

  it("warns where the map hardly depends on the network, and opens another explanation", async () => {
    const panel = await open({}, { depends: false, findings: ["It explains no answer."] });
    await panel.page.getByText("It explains no answer.").waitFor();
    await panel.page.locator("vscode-single-select").first().click();
    await panel.page.getByRole("option", { name: /occlusion-AD/ }).click();
    await expect.poll(async () => (await panel.sent()).at(-1)).toEqual({ kind: "other", index: 1 });
  });

  it.each(THEME_NAMES)("keeps to the policy and has no accessibility violation: %s", async (theme) => {
    const panel = await withAtlas({ theme, width: 980, height: 760 });
    if (PICTURES !== undefined) {
      mkdirSync(PICTURES, { recursive: true });
      await panel.page.screenshot({ path: `${PICTURES}/explain-${theme}.png` });
    }
    expect(await violations(panel.page)).toEqual([]);
    expect(panel.faults).toEqual([]);
  });
});
