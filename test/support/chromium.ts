/** A Chromium without a window: the one that is installed, or one that comes in an npm package (Linux x64). */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { chromiumFolder, packagedHere } from "./chromiumPackage";
import { definedEnvironment } from "./environment";

const installed = [
  process.env.GYRUS_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const found = installed.find((path) => path !== undefined && existsSync(path));

/** Whether `launchChromium` has one to start. */
export const hasChromium = found !== undefined || packagedHere;

/** Starts a Chromium; the caller closes it. Throws when none can be had. */
export async function launchChromium(): Promise<Browser> {
  if (found !== undefined) return chromium.launch({ executablePath: found, args: quiet });
  if (!packagedHere) {
    throw new Error(
      "No Chromium found. Install Chromium or Google Chrome, or set GYRUS_CHROMIUM to its path.",
    );
  }
  const { executablePath, env } = await unpackedChromium();
  return chromium.launch({ executablePath, env, args: [...quiet, "--no-zygote"] });
}

async function unpackedChromium() {
  const folder = await chromiumFolder();
  const libraries = [process.env.LD_LIBRARY_PATH, resolve(folder, "al2023/lib")].filter(Boolean).join(":");
  return {
    executablePath: resolve(folder, "chromium"),
    env: { FONTCONFIG_PATH: resolve(folder, "fonts"), ...definedEnvironment(), LD_LIBRARY_PATH: libraries },
  };
}
