import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, panelHtml } from "../../../src/extension/panels/panelHtml";
import dark from "../../support/webview/themes/dark.json";

const root = resolve(import.meta.dirname, "../../..");
const sources = ["webview", "src/extension/panels"].flatMap((folder) =>
  readdirSync(resolve(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|css)$/.test(file))
    .map((file) => ({
      file: `${folder}/${file}`,
      text: readFileSync(resolve(root, folder, file), "utf8"),
    })),
);
const lines = sources.flatMap(({ file, text }) => text.split("\n").map((line) => ({ file, line })));
const linesWith = (pattern: RegExp) =>
  lines.filter(({ line }) => pattern.test(line) && !/^\s*(?:\*|\/\*|\/\/)/.test(line));

/** Not in every theme: what uses them says what else to take, or does without. */
const OPTIONAL = [
  "--vscode-contrastActiveBorder",
  "--vscode-contrastBorder",
  "--vscode-editor-font-family",
  "--vscode-font-family",
  "--vscode-list-inactiveSelectionForeground",
  "--vscode-menu-selectionBorder",
  "--vscode-toolbar-hoverOutline",
];

describe("the views", () => {
  it("take every colour from the theme", () => {
    expect(linesWith(/[:"'(]\s*#(?:[0-9a-f]{3,4}){1,2}\b|\b(?:rgba?|hsla?)\(/i)).toEqual([]);
    const used = new Set(sources.flatMap(({ text }) => text.match(/--vscode-[\w-]+/g) ?? []));
    expect([...used].filter((name) => !(name in dark) && !OPTIONAL.includes(name))).toEqual([]);
  });

  it("set no style attribute, which the policy would refuse", () => {
    expect(linesWith(/\sstyle=/)).toEqual([]);
  });

  it("are thrown away when hidden", () => {
    expect(linesWith(/retainContextWhenHidden/)).toEqual([]);
  });
});

describe("panelHtml", () => {
  const page = {
    cspSource: "https://*.vscode-cdn.net",
    script: "https://file/x.js",
    styleSheet: "https://file/x.css",
    title: '</title><script>alert("x")</script>',
    language: "fr",
    element: "gyrus-training",
  };

  it("allows what the extension ships, under a nonce, and nothing else", () => {
    const policy = contentSecurityPolicy("https://a", "bm9uY2U=");
    expect(policy).toBe(
      "default-src 'none'; img-src https://a blob: data:; style-src https://a; font-src https://a; script-src 'nonce-bm9uY2U='",
    );
    expect(policy).not.toContain("unsafe");
  });

  it("has a new nonce each time, and no name as markup", () => {
    const [first, second] = [panelHtml(page), panelHtml(page)];
    expect(first).not.toBe(second);
    expect(first.match(/<script/g)).toHaveLength(1);
    expect(first).toContain('<html lang="fr">');
  });

  it.each([
    ["en", "en"],
    ["pt-br", "pt-BR"],
    ["en-US@posix", "en-US"],
    ["de_DE.UTF-8", "de-DE"],
    ['"><script>', "en"],
    ["", "en"],
  ])("is in a language that can format numbers: %s is %s", (language, tag) => {
    expect(panelHtml({ ...page, language })).toContain(`<html lang="${tag}">`);
    expect(() => new Intl.NumberFormat(tag)).not.toThrow();
  });
});
