// Builds the webviews into dist/webview/: one script for each panel, and the style sheet and icon font that they share.
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { build } from "esbuild";

/** Folder below webview/ of each panel; its entry is main.ts. */
export const PANELS = ["training", "architecture", "transposition", "nifti", "inputs", "compare"];

const require = createRequire(import.meta.url);

/** Returns esbuild's description of what went into them. */
export async function buildWebviews(production) {
  const { metafile } = await build({
    entryPoints: Object.fromEntries(PANELS.map((panel) => [panel, `webview/${panel}/main.ts`])),
    outdir: "dist/webview",
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "esm",
    // Style sheets are adopted by shadow roots as text.
    loader: { ".css": "text" },
    minify: production,
    sourcemap: false,
    metafile: true,
    logLevel: "warning",
  });
  await mkdir("dist/webview", { recursive: true });
  await copyFile("webview/shared/document.css", "dist/webview/document.css");
  await copyFile(require.resolve("@vscode/codicons/dist/codicon.ttf"), "dist/webview/codicon.ttf");
  return metafile;
}
