import { afterAll, beforeAll, expect, it } from "vitest";
import type { LayerList } from "../../src/network/building/customArchitecture";
import type { NetworkSource, SourceState, ToNetworkView } from "../../webview/network/messages";
import { FRENCH } from "../support/frenchTexts";
import { block } from "../support/smallLayers";
import { violations } from "../support/webview/accessibility";
import {
  describeInBrowser,
  type OpenPanel,
  type PanelChoice,
  THEME_NAMES,
  WebviewBed,
} from "../support/webview/bed";

const layers: LayerList = {
  convolutions: [...block(4)],
  fc: [{ layer: "Flatten" }, { layer: "Linear", bias: true }],
};

const source: NetworkSource = {
  name: "patches.experiment.json",
  architecture: layers,
  inputSize: [1, 25, 25, 25],
  outputSize: 2,
  dropout: 0,
  latentSpaceSize: 128,
  task: "classification",
  layout: "gyrus",
};

const welcome = (state: SourceState): ToNetworkView => ({
  kind: "welcome",
  uri: state.kind === "none" ? null : "file:///study/patches.experiment.json",
  source: state,
  texts: {},
});

describeInBrowser("Network views", () => {
  let bed: WebviewBed;
  beforeAll(async () => {
    bed = await WebviewBed.start();
  });
  afterAll(() => bed.stop());

  async function open(
    panel: "architecture" | "transposition",
    state: SourceState = { kind: "none" },
    choice: Partial<PanelChoice> = {},
  ): Promise<OpenPanel> {
    const opened = await bed.open({ panel, element: `gyrus-${panel}`, width: 1300, ...choice });
    await opened.send(welcome(state));
    return opened;
  }

  const saved = async ({ sent }: OpenPanel) => (await sent()).filter(({ kind }) => kind === "save");

  it.each(
    THEME_NAMES.flatMap((theme) =>
      (["architecture", "transposition"] as const).map((panel) => [panel, theme] as const),
    ),
  )("%s keeps to the policy and has no accessibility violation: %s", async (panel, theme) => {
    const opened = await open(panel, { kind: "none" }, { theme });
    await opened.page.getByRole("tree").waitFor();
    await opened.page.getByRole("treeitem").nth(3).click();
    expect(await violations(opened.page)).toEqual([]);
    await opened.page.getByRole("button", { name: "Show as table" }).click();
    expect(await violations(opened.page)).toEqual([]);
    expect(opened.faults).toEqual([]);
  });

  it("leaves the drawing its part of a low editor, as of one that is zoomed to 200 %", async () => {
    const { page } = await open("architecture", { kind: "none" }, { width: 600, height: 400 });
    await page.getByRole("tree").waitFor();
    expect((await page.locator(".canvas").boundingBox())!.height).toBeGreaterThan(100);
  });

  it.each(
    (["architecture", "transposition"] as const).flatMap((panel) =>
      [
        { width: 930, height: 720 },
        { width: 560, height: 520 },
        { width: 400, height: 720 },
      ].map((size) => ({ panel, ...size })),
    ),
  )(
    "fits the $panel into a pane of $width pixels, until it is made larger; 0 fits it again",
    async ({ panel, width, height }) => {
      const { page } = await open(panel, { kind: "none" }, { width, height });
      const tree = page.getByRole("tree");
      await tree.waitFor();
      const beyond = () =>
        page.locator(".canvas").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      const share = async () => (await tree.boundingBox())!.width / width;
      await expect.poll(share).toBeGreaterThan(0.9);
      expect(await beyond()).toBe(0);
      await tree.focus();
      await page.keyboard.press("+");
      await expect.poll(beyond).toBeGreaterThan(0);
      await page.keyboard.press("0");
      await expect.poll(beyond).toBe(0);
      await page.getByRole("button", { name: "Larger" }).click();
      await expect.poll(beyond).toBeGreaterThan(0);
      await page.getByRole("button", { name: "Fit the width (0)" }).click();
      await expect.poll(beyond).toBe(0);
    },
  );

  it.each(["architecture", "transposition"] as const)(
    "tells of a layer of the %s when it is chosen, and no longer than that",
    async (panel) => {
      const { page } = await open(panel);
      await page.getByRole("tree").waitFor();
      const details = page.getByRole("complementary", { name: "Layer" });
      expect(await details.count()).toBe(0);
      await page
        .getByRole("treeitem", { name: /^BatchNorm3d/ })
        .first()
        .click();
      await details.waitFor();
      await page.getByRole("tree").focus();
      await page.keyboard.press("Escape");
      await details.waitFor({ state: "detached" });
    },
  );

  it("says that a size is a guess where the data do not tell it, until another is typed", async () => {
    const guessed = { ...source, inputSize: [1, 169, 208, 179], sizeIsGuess: true };
    const { page } = await open("architecture", { kind: "read", source: guessed });
    await page.getByRole("note").getByText("This size is a guess").waitFor();
    await page.getByRole("spinbutton", { name: "Size of axis x" }).fill("64");
    await page.getByRole("note").waitFor({ state: "detached" });
  });

  it("follows the input size as it is typed, and says what does not fit", async () => {
    const { page } = await open("architecture");
    await page
      .getByRole("treeitem", { name: /^PadMaxPool3d/ })
      .first()
      .click();
    await page.getByRole("cell", { name: "169" }).waitFor();
    const field = page.getByRole("spinbutton", { name: "Size of axis x" });
    await field.fill("170");
    await page.getByRole("cell", { name: "170" }).waitFor();
    expect(await page.getByRole("row", { name: "x 170 0 85" }).count()).toBe(1);
    await page.getByRole("spinbutton", { name: "Channels" }).fill("2");
    await page.getByText("2 @ 170 × 208 × 179").first().waitFor();
    await page.getByRole("button", { name: "Usual sizes" }).click();
    await page.getByRole("menuitem", { name: /Patch/ }).click();
    await page.getByText("1 @ 50 × 50 × 50").first().waitFor();
  });

  it("shows the user's own layers, and what is wrong with them", async () => {
    const { page, send } = await open("architecture", { kind: "read", source });
    await page.getByText("4 @ 13 × 13 × 13").first().waitFor();
    const wrong = {
      ...source,
      architecture: { ...layers, fc: [{ layer: "Linear", bias: true }] },
    };
    await send({ kind: "source", source: { kind: "read", source: wrong } });
    await page.getByRole("alert").getByText("Put a Flatten before it.").waitFor();
  });

  it("names the place of what is wrong in the language of the reader", async () => {
    const { page, send } = await open("architecture");
    await send({ ...welcome({ kind: "read", source: { ...source, inputSize: [1, 25] } }), texts: FRENCH });
    await page.getByRole("alert").getByText("taille d’entrée", { exact: true }).waitFor();
  });

  it("says yes and no of a setting in the language of the reader", async () => {
    const { page, send } = await open("architecture");
    await send({ ...welcome({ kind: "none" }), texts: FRENCH });
    await page
      .getByRole("treeitem", { name: /^Conv3d/ })
      .first()
      .click();
    await page.locator("dl > div", { hasText: /bias/i }).getByText("oui", { exact: true }).waitFor();
  });

  it("says that a source cannot be read and shows a network all the same", async () => {
    const { page } = await open("architecture", {
      kind: "unreadable",
      name: "</script>é.json",
      problem: "It is not JSON.",
    });
    await page.getByRole("alert").getByText("</script>é.json cannot be read: It is not JSON.").waitFor();
    await page.getByRole("tree").waitFor();
  });

  it("is walked through by keyboard: layers, blocks, details", async () => {
    const { page } = await open("architecture");
    const tree = page.getByRole("tree");
    await tree.focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    expect(await tree.getAttribute("aria-activedescendant")).toBe("item-convolutions_0");
    await page.getByRole("heading", { name: "Conv3d" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    expect(await page.getByRole("treeitem", { name: /^Block 1/, expanded: false }).count()).toBe(1);
    await expect.poll(() => page.getByRole("treeitem", { name: /^Conv3d, 1 → 8/ }).count()).toBe(0);
  });

  it.each(["architecture", "transposition"] as const)(
    "keeps every text of the %s within its layer, however wide the font",
    async (panel) => {
      const { page, send } = await open(panel);
      await page.getByRole("tree").waitFor();
      const overflow = () => page.evaluate(layersThatOverflow, panel);
      expect(await overflow()).toEqual([]);
      await page.evaluate(() => {
        document.documentElement.style.setProperty("--vscode-font-family", "monospace");
      });
      await send({ kind: "source", source: { kind: "none" } });
      expect(await overflow()).toEqual([]);
    },
  );

  it("finds layers", async () => {
    const { page } = await open("architecture");
    const field = page.getByRole("searchbox", { name: "Find a layer" });
    await field.fill("linear");
    await page.getByText("3 of 27").waitFor();
    await field.press("Enter");
    await page.getByRole("heading", { name: "Linear" }).waitFor();
  });

  it.each(["architecture", "transposition"] as const)("exports the %s as SVG, PNG and CSV", async (panel) => {
    const opened = await open(panel);
    for (const format of ["SVG", "PNG", "CSV"]) {
      await opened.page.getByRole("button", { name: "Export", exact: true }).click();
      await opened.page.getByRole("menuitem", { name: `Export as ${format}` }).click();
    }
    await expect.poll(async () => (await saved(opened)).length).toBe(3);
    const [svg, png] = (await saved(opened)).toSorted((a, b) => String(b.name).localeCompare(String(a.name)));
    expect(svg!.content).toMatch(/^<svg .*<style>.*<\/svg>$/s);
    expect(svg!.content).not.toContain("var(");
    expect(Object.values(png!.content as Record<string, number>).slice(0, 4)).toEqual([
      0x89, 0x50, 0x4e, 0x47,
    ]);
  });

  it("exports a network of hundreds of layers as the largest PNG that a canvas holds", async () => {
    const deep = [...layers.convolutions, ...Array.from({ length: 450 }, () => ({ layer: "ReLU" }) as const)];
    const opened = await open("architecture", {
      kind: "read",
      source: { ...source, architecture: { ...layers, convolutions: deep } },
    });
    await opened.page.getByRole("button", { name: "Export", exact: true }).click();
    await opened.page.getByRole("menuitem", { name: "Export as PNG" }).click();
    await expect.poll(async () => (await saved(opened)).length, { timeout: 60_000 }).toBe(1);
    const png = Uint8Array.from(Object.values((await saved(opened))[0]!.content as Record<string, number>));
    expect(new DataView(png.buffer).getUint32(20)).toBe(16_384);
    expect(opened.faults).toEqual([]);
  });

  it("explains a transposition step by step, by keyboard", async () => {
    const { page } = await open("transposition");
    await page.getByRole("button", { name: "Explain step by step" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Step 1 of 10").waitFor();
    const next = page.getByRole("button", { name: "Next step" });
    await next.focus();
    for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowRight");
    await page.getByRole("heading", { name: "Activation and convolution change places" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Explain step by step" }).waitFor();
  });

  it("lights the layer that one of the decoder came from, and says the rule, without moving under the pointer", async () => {
    const { page } = await open("transposition", { kind: "none" }, { width: 560, height: 700 });
    const layer = page.getByRole("treeitem", { name: /^ConvTranspose3d/ }).first();
    await layer.hover();
    await page
      .getByRole("status")
      .getByText(/^decoder\.\d+ comes from encoder\.0: Conv → ConvTranspose$/)
      .waitFor();
    expect(await page.locator("svg .layer.selected").count()).toBe(2);
    const drawing = page.getByRole("tree");
    const before = await drawing.boundingBox();
    await page.mouse.move(5, 5);
    await expect.poll(() => page.locator("svg .layer.selected").count()).toBe(0);
    expect(await drawing.boundingBox()).toEqual(before);
  });

  it("scrolls to the layers that a step of the explanation names, and frames them", async () => {
    const { page } = await open("transposition", { kind: "none" }, { width: 800, height: 600 });
    await page.getByRole("button", { name: "Explain step by step" }).click();
    const heading = page.getByRole("heading", { name: "Adaptive pooling → unpooling and cropping" });
    const next = page.getByRole("button", { name: "Next step" });
    // Of a whole side nothing is framed.
    expect(await page.locator("svg .layer.framed").count()).toBe(0);
    for (let step = 0; step < 9 && (await heading.count()) === 0; step++) await next.click();
    const framed = page.locator("svg .layer.framed");
    await expect.poll(() => framed.count()).toBe(10);
    await page.locator(".canvas").evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
    await next.click();
    await page.getByRole("heading", { name: "The others are copied" }).waitFor();
    const canvas = (await page.locator(".canvas").boundingBox())!;
    const top = (await framed.first().boundingBox())!.y;
    expect(top).toBeGreaterThanOrEqual(canvas.y);
    expect(top).toBeLessThan(canvas.y + canvas.height);
  });

  it("tells of the selected layer what it came from", async () => {
    const { page } = await open("transposition");
    await page
      .getByRole("treeitem", { name: /^CropMaxUnpool3d/ })
      .first()
      .click();
    await page.getByText("indices and padding of encoder.3").waitFor();
  });

  it("says which network is not made by transposition", async () => {
    const { page } = await open("transposition", {
      kind: "read",
      source: { ...source, architecture: "CAE_half", inputSize: [1, 64, 64, 64], task: "reconstruction" },
    });
    await page.getByText("CAE_half is not made by transposition.").waitFor();
  });

  it("comes back as the user left it", async () => {
    const first = await open("architecture");
    await first.page.getByRole("spinbutton", { name: "Size of axis x" }).fill("64");
    const state = await first.page.evaluate(() =>
      (window as unknown as { gyrusState(): unknown }).gyrusState(),
    );
    const second = await open("architecture", { kind: "none" }, { state });
    await second.page.getByText("1 @ 64 × 208 × 179").first().waitFor();
  });
});

/** Texts that end beyond the card of their layer, or whose settings begin before their name ends. */
function layersThatOverflow(panel: string): readonly string[] {
  const root = document.querySelector(`gyrus-${panel}`)?.shadowRoot;
  const layers = [...(root?.querySelectorAll("g.layer") ?? [])];
  if (layers.length === 0) return ["no layer is drawn"];
  return layers.flatMap((layer) => {
    const right = (selector: string) => layer.querySelector(selector)?.getBoundingClientRect().right ?? 0;
    const settings = layer.querySelector(".settings")?.getBoundingClientRect();
    const apart = settings === undefined || settings.left >= right(".name");
    return apart && right("text") <= right(".card") ? [] : [layer.textContent ?? ""];
  });
}
