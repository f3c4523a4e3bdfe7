// Builds what VS Code loads: dist/extension.cjs, and beside it in dist/extension/ what it loads when it is needed.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { build, transform } from "esbuild";

/**
 * esbuild splits ES modules only, and VS Code loads CommonJS ones in a fraction of the time: so the parts are made as the
 * former and written as the latter. Returns esbuild's description of what went into them.
 */
export async function buildExtension(production) {
  const { outputFiles, metafile } = await build({
    entryPoints: { extension: "src/extension/extension.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    chunkNames: "extension/[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["vscode"],
    // What is left of a library is what is used of it.
    mainFields: ["module", "main"],
    plugins: [shakenZod()],
    // Always: a smaller file is read faster, and its size is tested.
    minify: true,
    sourcemap: production ? false : "inline",
    write: false,
    metafile: true,
    logLevel: "warning",
  });
  for (const { path, text } of outputFiles) {
    const { code, map } = await transform(text, {
      format: "cjs",
      platform: "node",
      target: "node20",
      supported: { "dynamic-import": false },
      minify: true,
      sourcemap: production ? false : "external",
    });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, production ? code : `${code}//# sourceMappingURL=${basename(path)}.map\n`);
    if (!production) await writeFile(`${path}.map`, map);
  }
  return metafile;
}

/** zod is imported as one object: written as a namespace instead, only what is used of it comes along, a third. */
export function shakenZod() {
  return {
    name: "shaken-zod",
    setup(bundle) {
      bundle.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
        contents: (await readFile(path, "utf8")).replace(
          'import { z } from "zod"',
          'import * as z from "zod"',
        ),
        loader: "ts",
      }));
    },
  };
}
