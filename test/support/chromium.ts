/** A Chromium without a window: the one that is installed, or one that comes in an npm package (Linux x64). */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { definedEnvironment } from "./environment";
import { installedPackage } from "./packageCache";

/** Newest one whose package runs on Node 20. */
const packaged = "@sparticuz/chromium@143.0.4";

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

const packagedHere = process.platform === "linux" && process.arch === "x64";
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

/**
 * The package's own names /tmp alone: without fonts no text is drawn, and what has no size cannot be seen. Its one font lacks
 * arrows, which those of the machine have. Without a place for its cache it makes one where it is started.
 */
const fontsHere = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * The package holds a compressed Chromium, the libraries that a bare machine lacks and fonts; it unpacks them below the
 * temporary folder, the libraries only where it believes itself on AWS.
 */
async function unpackedChromium() {
  const folder = await installedPackage(packaged, async (building) => {
    const unpack = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
    const env = { ...process.env, TMPDIR: building, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
    await promisify(execFile)(process.execPath, ["-e", unpack], { cwd: building, env });
    await writeFile(resolve(building, "fonts/fonts.conf"), fontsHere);
  });
  const libraries = [process.env.LD_LIBRARY_PATH, resolve(folder, "al2023/lib")].filter(Boolean).join(":");
  return {
    executablePath: resolve(folder, "chromium"),
    env: { FONTCONFIG_PATH: resolve(folder, "fonts"), ...definedEnvironment(), LD_LIBRARY_PATH: libraries },
  };
}
