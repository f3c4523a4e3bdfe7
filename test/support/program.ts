import { join } from "node:path";
import { buildSync } from "esbuild";
import { temporaryFolder } from "./folder";

/** A program of Node from TypeScript source whose imports start at the project's root; path of the file to run. */
export function programOf(source: string): string {
  const outfile = join(temporaryFolder(), "program.mjs");
  buildSync({
    stdin: { contents: source, resolveDir: join(import.meta.dirname, "../.."), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "error",
  });
  return outfile;
}
