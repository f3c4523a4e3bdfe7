// Makes the extension as VS Code installs it, for one platform: `node scripts/package.mjs [TARGET] [--built]`, TARGET as VS
// Code names it (linux-x64, darwin-arm64, win32-x64 ...), this machine's without. Prints the path of the VSIX. Fails where it has
// grown too large.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { unzipSync } from "fflate";

const run = promisify(execFile);
const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Folders of the engines' binaries by VS Code's name of the platform: those that both packages bring. */
const BINARIES = {
  "linux-x64": { onnxruntime: "linux/x64", webgpu: "linux-x64" },
  "linux-arm64": { onnxruntime: "linux/arm64", webgpu: "linux-arm64" },
  "darwin-arm64": { onnxruntime: "darwin/arm64", webgpu: "darwin-universal" },
  "win32-x64": { onnxruntime: "win32/x64", webgpu: "win32-x64" },
  "win32-arm64": { onnxruntime: "win32/arm64", webgpu: "win32-arm64" },
};

/** Bytes of what is packed, but for the engines' binaries: these differ from platform to platform, and we do not make them. */
const OURS_AT_MOST = 1_300_000;

const words = process.argv.slice(2);
const target = words.find((word) => !word.startsWith("--")) ?? `${process.platform}-${process.arch}`;
const binaries = BINARIES[target];
if (binaries === undefined) {
  process.stderr.write(
    `onnxruntime has no binary for ${target}; there are: ${Object.keys(BINARIES).join(", ")}.\n`,
  );
  process.exit(2);
}

const production = !words.includes("--built");
if (production) await run(process.execPath, ["scripts/build.mjs", "--production"], { cwd: root });
const folder = await mkdtemp(join(tmpdir(), "gyrus-package-"));
try {
  const ignoreFile = join(folder, "vscodeignore");
  const common = await readFile(join(root, ".vscodeignore"), "utf8");
  const native = [`onnxruntime-node/bin/*/${binaries.onnxruntime}`, `webgpu/dist/${binaries.webgpu}`];
  await writeFile(ignoreFile, `${common}${native.map((place) => `!node_modules/${place}/**\n`).join("")}`);
  const vsix = join(root, `gyrus-${target}.vsix`);
  const vsce = createRequire(import.meta.url).resolve("@vscode/vsce/vsce");
  const options = ["package", "--target", target, "--ignoreFile", ignoreFile, "--out", vsix];
  // The README of the project speaks to developers, in pictures that VS Code does not show without a network.
  options.push("--readme-path", "media/extension.md");
  await run(
    process.execPath,
    [vsce, ...options, "--allow-missing-repository", "--no-rewrite-relative-links"],
    { cwd: root },
  );
  const ours = await sizeOfOurs(vsix);
  // What is built to be debugged is larger.
  if (production && ours > OURS_AT_MOST) {
    process.stderr.write(`Without the engines ${vsix} has ${ours} bytes, more than ${OURS_AT_MOST}.\n`);
    process.exitCode = 1;
  }
  process.stdout.write(`${vsix}\n`);
} finally {
  await rm(folder, { recursive: true });
}

async function sizeOfOurs(vsix) {
  let size = 0;
  unzipSync(await readFile(vsix), {
    filter: (file) => {
      if (!/\/(onnxruntime-node\/bin|webgpu\/dist)\//.test(file.name)) size += file.size;
      return false;
    },
  });
  return size;
}
