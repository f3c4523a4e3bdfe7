// Builds the webviews into dist/webview/: one script for each panel, and the style sheet and icon font that they share.
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { build } from "esbuild";

/** Folder below webview/ of each panel; its entry is main.ts. */
export const PANELS = ["training", "architecture", "transposition", "nifti", "inputs", "compare"];

const require = createRequire(import.meta.url);

/** The style sheets in a source. */
const STYLES = /\bcss`[^`]*`/g;

/** Lines of a style sheet end where a rule is opened or a declaration ends, which needs no break after it. */
const withoutBreaks = (styles) => styles.replace(/ \{\n/g, "{").replace(/;\n/g, ";");

/**
 * Minifying leaves the texts of templates as they are, indentation included, which means nothing in HTML, CSS and SVG: so it goes
 * first, from the views and from the controls that they use.
 */
const withoutIndentation = {
  name: "without indentation",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](webview|@vscode-elements)[\\/].*\.[jt]s$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/\n\s+/g, "\n").replace(STYLES, withoutBreaks),
      loader: path.endsWith("ts") ? "ts" : "js",
    }));
  },
};

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
    plugins: [withoutIndentation],
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
