// Writes dist/ThirdPartyNotices.txt: the licences of the packages of which something is in what is shipped.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Shipped as they are, or compiled into what is: no bundle tells of them. */
const ALSO = ["onnxruntime-node", "onnxruntime-common", "@vscode/codicons", "assemblyscript"];

/** Licences of packages that come without their text: that of https://github.com/microsoft/onnxruntime. */
const ONNXRUNTIME = `MIT License

Copyright (c) Microsoft Corporation

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.

What its binaries contain of others: https://github.com/microsoft/onnxruntime/blob/main/ThirdPartyNotices.txt
`;
const WITHOUT_TEXT = { "onnxruntime-node": ONNXRUNTIME, "onnxruntime-common": ONNXRUNTIME };

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
  const head = "Gyrus contains the following software of others.\n";
  await writeFile("dist/ThirdPartyNotices.txt", [head, ...notices].join(`\n${"-".repeat(80)}\n\n`));
}

async function noticeOf(name) {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  const all = texts.length > 0 ? texts : [WITHOUT_TEXT[name]];
  if (all.includes(undefined))
    throw new Error(`The licence of ${name} is missing: add it to scripts/notices.mjs.`);
  return `${name} ${version} (${license})\n\n${all.map((text) => text.trim()).join("\n\n")}\n`;
}
