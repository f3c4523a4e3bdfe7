// Writes dist/ThirdPartyNotices.txt: the licences of the packages of which something is in what is shipped.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Shipped as they are: no bundle tells of them. */
const ALSO = ["onnxruntime-node", "onnxruntime-common", "webgpu", "@vscode/codicons"];

/** Packages of Microsoft under the MIT licence that come without its text. */
const WITHOUT_TEXT = ["onnxruntime-node", "onnxruntime-common"];

/** Their binaries contain software of others, and their packages no word of it: the notices stand in `licences`, one file a version. */
const BINARIES = new Map([
  ["onnxruntime-node", "onnxruntime"],
  ["webgpu", "webgpu"],
]);

/** Packages of which something is in the outputs that esbuild describes in `metafiles`; `unshipped` names outputs to leave out. */
export function bundledPackages(metafiles, unshipped = []) {
  const outputs = metafiles.flatMap((metafile) => Object.entries(metafile.outputs));
  const files = outputs.flatMap(([name, { inputs }]) =>
    unshipped.includes(name) ? [] : Object.keys(inputs),
  );
  return files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
}

/** Throws for a package whose licence is nowhere. */
export async function writeNotices(bundled) {
  const names = [...new Set([...bundled, ...ALSO])].sort();
  const notices = await Promise.all(names.map(noticeOf));
  // Families of small packages bring the same text each: it stands once, below all their names.
  const texts = [...new Set(notices.map(({ text }) => text))];
  const titlesOf = (text) => notices.filter((one) => one.text === text).map(({ title }) => title);
  const parts = texts.map((text) => `${titlesOf(text).join("\n")}\n\n${text}\n`);
  const head = "Gyrus contains the following software of others.\n";
  await writeFile("dist/ThirdPartyNotices.txt", [head, ...parts].join(`\n${"-".repeat(80)}\n\n`));
}

async function noticeOf(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const all = texts.length > 0 ? texts : [await microsoftLicence(name)];
  const binary = BINARIES.get(name);
  if (binary !== undefined) all.push(await binaryNotices(binary, version));
  const text = all.map((one) => one.trim()).join("\n\n");
  return { title: `${name} ${version} (${license})`, text };
}

/** The text is that of our own licence. */
async function microsoftLicence(name) {
  if (!WITHOUT_TEXT.includes(name))
    throw new Error(`The licence of ${name} is missing: add it to scripts/notices.mjs.`);
  const licence = await readFile("LICENSE", "utf8");
  return licence.replace(/Copyright .*/, "Copyright (c) Microsoft Corporation");
}

async function binaryNotices(binary, version) {
  const file = join("licences", `${binary}-${version}.txt`);
  return await readFile(file, "utf8").catch(() => {
    throw new Error(
      `${file} is missing. That of onnxruntime is ThirdPartyNotices.txt of its Python package, or of the tag v${version} of its repository; that of webgpu names what the binary holds besides Dawn.`,
    );
  });
}
