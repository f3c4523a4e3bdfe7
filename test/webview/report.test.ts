import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explanationBlocks } from "../../src/report/document/explanationSection";
import { reportHtml } from "../../src/report/document/html";
import { type Block, type ReportDocument, say } from "../../src/report/document/reportDocument";
import { mapPlanes } from "../../src/report/figures/mapPlanes";
import { launchChromium } from "../support/chromium";

/** CSS pixels between the margins of a page of A4. */
const PAPER = { width: 680, height: 1009 } as const;

const table = (columns: number, cell: (row: number, column: number) => string): Block => ({
  kind: "table",
  head: Array.from({ length: columns }, (_, column) => `column ${column}`),
  rows: [0, 1, 2].map((row) => Array.from({ length: columns }, (__, column) => cell(row, column))),
});

/** A head of 48 x 56 x 48 voxels with a value in its middle. */
function explained(): readonly Block[] {
  const shape = [48, 56, 48] as const;
  const values = new Float32Array(48 * 56 * 48);
  values[values.length / 2] = 0.5;
  const affine = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => (row === column ? 3 : 0)));
  const mean = mapPlanes({ grid: { shape, affine }, values });
  if (mean === null) throw new Error("There is a value.");
  return explanationBlocks({
    explanations: [
      {
        ...{ group: "test", model: "split-0/best-BA", name: "why", of: "AD", findings: {} },
        mean: { ...mean, people: 8, part: null },
      },
    ],
    images: new Map(),
  });
}

const report: ReportDocument = {
  title: "Report of maps",
  language: "en",
  sections: [
    {
      id: "settings",
      title: "Settings",
      blocks: [
        say("A sentence."),
        // Nothing in it is a place to break a line.
        table(2, (row, column) => (column === 0 ? `setting_${row}` : `{"key":${"1234567890".repeat(14)}}`)),
        table(8, (row, column) => `value ${row} of ${column} (0.123 to 0.456)`),
        { kind: "code", text: `Sequential(\n${"layer ".repeat(60)}\n)` },
        ...explained(),
      ],
    },
  ],
};

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ viewport: PAPER });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setContent(reportHtml(report, (text) => (typeof text === "string" ? text : "words")));
});
afterAll(() => browser?.close());

describe("the report on paper", () => {
  it("is cut nowhere: no table, listing or picture is wider than the page", async () => {
    const beyond = await page.evaluate(
      (width) =>
        [...document.querySelectorAll("table,pre,img,figure,p")]
          .filter((one) => one.getBoundingClientRect().right > width + 0.5)
          .map(({ tagName, textContent }) => `${tagName} ${textContent?.slice(0, 40)}`),
      PAPER.width,
    );
    expect(beyond).toEqual([]);
  });

  it("has the planes of a map in one row with the scale of their colours, all of one scale", async () => {
    const images = await page.evaluate(() =>
      [...document.querySelectorAll("img")].map((one) => {
        const { bottom, width } = one.getBoundingClientRect();
        return { bottom: Math.round(bottom), shrunk: width / Number(one.getAttribute("width")) };
      }),
    );
    expect(images).toHaveLength(4);
    const [first, ...others] = images;
    for (const one of others) {
      expect(one.bottom).toBe(first?.bottom);
      expect(one.shrunk).toBeCloseTo(first?.shrunk ?? 0, 1);
    }
  });

  it("is black on white, also where the browser is dark, and leaves the contents away", async () => {
    const [background, colour, contents] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      const nav = document.querySelector("nav");
      return [backgroundColor, color, nav === null ? null : getComputedStyle(nav).display];
    });
    expect([background, colour, contents]).toEqual(["rgb(255, 255, 255)", "rgb(17, 17, 17)", "none"]);
  });

  it("parts no heading from what follows it", async () => {
    const kept = await page.evaluate(() =>
      ["h2", "h3"].map((name) => {
        const heading = document.querySelector(name);
        return heading === null ? null : getComputedStyle(heading).breakAfter;
      }),
    );
    expect(kept).toEqual(["avoid", "avoid"]);
  });
});
