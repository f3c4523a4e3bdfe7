// Runs a TypeScript program of this folder: `node scripts/run.mjs start`.
import { mkdir, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const [name] = process.argv.splice(2, 1);
const outfile = resolve(root, ".vscode-test", `${name}.mjs`);
await mkdir(dirname(outfile), { recursive: true });
await build({
  entryPoints: [resolve(import.meta.dirname, `${name}.ts`)],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  plugins: [ownPlaces()],
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);

/** A file that is bundled still knows where it stood. */
function ownPlaces() {
  return {
    name: "own-places",
    setup(bundle) {
      bundle.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
        contents: (await readFile(path, "utf8")).replaceAll(
          "import.meta.dirname",
          JSON.stringify(dirname(path)),
        ),
        loader: "ts",
      }));
    },
  };
}
