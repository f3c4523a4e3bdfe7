// Builds the webviews into dist/webview/: one script for each panel, and the scripts, style sheet and icon font that they share.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { build } from "esbuild";
import { evaluated } from "./evaluated.mjs";
import { fontOf } from "./iconFont.mjs";

/**
 * Folder below webview/ of each panel; its entry is main.ts. Panels of one group share scripts. A script holds what any of its panels
 * needs of a module: those that draw networks would load what others need for curves and volumes.
 */
const GROUPS = [
  ["architecture", "transposition"],
  ["training", "results", "compare", "runs", "nifti", "inputs", "explain"],
];

export const PANELS = GROUPS.flat();

const require = createRequire(import.meta.url);

/** From here on Unicode leaves code points to fonts. */
const PRIVATE_USE = 0xe000;

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

/**
 * A library of distributions asks by `eval` whether there are generators, which the policy of a webview refuses and reports. Every
 * browser that VS Code runs in has them.
 */
const withoutEval = {
  name: "without eval",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]assert-has-generator-support[\\/]lib[\\/]main\.js$/ }, () => ({
      contents: "module.exports = () => true;",
    }));
  },
};

/** Returns esbuild's description of what went into them. */
export async function buildWebviews(production) {
  const outputs = {};
  for (const panels of GROUPS) Object.assign(outputs, await outputsOf(panels, production));
  await mkdir("dist/webview", { recursive: true });
  await copyFile("webview/shared/document.css", "dist/webview/document.css");
  const { CODE_POINTS } = await evaluated("webview/shared/iconCodePoints.ts");
  const codicons = await readFile(require.resolve("@vscode/codicons/dist/codicon.ttf"));
  // A blank is of no font.
  const icons = Object.values(CODE_POINTS).filter((point) => point >= PRIVATE_USE);
  await writeFile("dist/webview/codicon.ttf", fontOf(codicons, icons));
  return { outputs };
}

async function outputsOf(panels, production) {
  const { metafile } = await build({
    entryPoints: Object.fromEntries(panels.map((panel) => [panel, `webview/${panel}/main.ts`])),
    outdir: "dist/webview",
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "esm",
    // What panels share (lit, controls, charts) stands in the package once; a panel asks for all its parts at once.
    splitting: true,
    chunkNames: "shared-[hash]",
    // Style sheets are adopted by shadow roots as text.
    loader: { ".css": "text" },
    plugins: [withoutIndentation, withoutEval],
    // They stand in ThirdPartyNotices.txt.
    legalComments: "none",
    minify: production,
    sourcemap: false,
    metafile: true,
    logLevel: "warning",
  });
  return metafile.outputs;
}
