import { describe, expect, it } from "vitest";
import { languageTag, panelHtml } from "../../../../src/extension/panels/panelHtml";

describe("the page of a panel", () => {
  const page = {
    cspSource: "https://editor",
    script: "https://editor/training.js",
    styleSheet: "https://editor/document.css",
    title: '</title><script>alert("é")</script>',
    language: "fr",
    element: "gyrus-training",
  };

  it("runs the script that is shipped, and no other", () => {
    const html = panelHtml(page, "bm9uY2U=");
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('nonce="bm9uY2U=" src="https://editor/training.js"');
    expect(html).toContain("default-src &#39;none&#39;");
    expect(html).not.toContain("unsafe");
    expect(html).toContain('<html lang="fr">');
  });

  it.each([
    ["en", "en"],
    ["pt-br", "pt-BR"],
    ["en-US@posix", "en-US"],
    ["de_DE.UTF-8", "de-DE"],
    ['"><script>', "en"],
    ["", "en"],
  ])("is in a language that can format numbers: %s is %s", (language, tag) => {
    expect(languageTag(language)).toBe(tag);
    expect(() => new Intl.NumberFormat(languageTag(language))).not.toThrow();
  });
});
