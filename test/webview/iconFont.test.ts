import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CODE_POINTS } from "../../webview/shared/iconCodePoints";
import { launchChromium } from "../support/chromium";
import { describeInBrowser } from "../support/webview/bed";

const codicons = createRequire(import.meta.url).resolve("@vscode/codicons/dist/codicon.ttf");
const packaged = resolve(import.meta.dirname, "../../dist/webview/codicon.ttf");
/** An icon that no view shows, "account". */
const UNUSED = 0xeb99;

describeInBrowser("the packaged icon font", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser.close());

  /** Which points an icon covers, as a text. */
  async function drawn(file: string, codePoints: readonly number[]): Promise<readonly string[]> {
    const page = await browser.newPage();
    return page.evaluate(
      async ({ font, points }) => {
        const bytes = Uint8Array.from(atob(font), (character) => character.charCodeAt(0));
        document.fonts.add(await new FontFace("icons", bytes).load());
        return points.map((point) => {
          const canvas = new OffscreenCanvas(40, 40);
          const context = canvas.getContext("2d")!;
          context.font = "32px icons";
          context.fillText(String.fromCodePoint(point), 4, 36);
          const { data } = context.getImageData(0, 0, 40, 40);
          return data.filter((_, at) => at % 4 === 3).join();
        });
      },
      { font: readFileSync(file).toString("base64"), points: codePoints },
    );
  }

  it("shows each icon of the views as it is, and holds no outline of another", async () => {
    const shown = Object.values(CODE_POINTS).filter((point) => point !== CODE_POINTS.blank);
    const icons = await drawn(packaged, shown);
    const [nothing] = await drawn(packaged, [UNUSED]);
    expect(nothing).toMatch(/^0(,0)*$/);
    expect(icons).not.toContain(nothing);
    expect(icons).toEqual(await drawn(codicons, shown));
    expect((await drawn(codicons, [UNUSED]))[0]).not.toBe(nothing);
  });

  it("is a sixth of the whole", () => {
    expect(readFileSync(packaged).length).toBeLessThan(readFileSync(codicons).length / 6);
  });
});
