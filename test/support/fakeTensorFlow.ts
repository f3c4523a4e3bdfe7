/** Packages in a temporary folder that pass for TensorFlow for Node: TensorFlow.js on JavaScript, or something that fails. */
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { TENSORFLOW_PACKAGES } from "../../src/engine/tensorflow/library/findTensorFlow";

const installed = createRequire(import.meta.url);
const inJavaScript = (backend: string) => `
  const tf = require(${JSON.stringify(installed.resolve("@tensorflow/tfjs-core"))});
  require(${JSON.stringify(installed.resolve("@tensorflow/tfjs-backend-cpu"))});
  module.exports = { ...tf, backend: () => (${backend}) };`;

const CODE = {
  "on a GPU": inJavaScript("{ isUsingGpuDevice: true }"),
  "on the CPU": inJavaScript("{ isUsingGpuDevice: false }"),
  "without its native part":
    'throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: x.\\nPlease run");',
  "for another processor": 'process.kill(process.pid, "SIGILL"); setInterval(() => {}, 1000);',
  "that is something else": "module.exports = { conv3d() {} };",
  "that calls what Node 23 has not": `
    if (require("node:util").isNullOrUndefined(0)) throw new Error("0 is defined");
    ${inJavaScript("{}")}`,
} as const;

/** Installs a fake of `library` below `folder` as npm would. Returns the folder of the package. */
export function fakeTensorFlow(
  folder: string,
  library: (typeof TENSORFLOW_PACKAGES)[number],
  kind: keyof typeof CODE,
): string {
  const place = join(folder, "node_modules", library);
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, "package.json"),
    JSON.stringify({ name: library, version: "4.22.0", main: "index.js" }),
  );
  writeFileSync(join(place, "index.js"), CODE[kind]);
  return place;
}
