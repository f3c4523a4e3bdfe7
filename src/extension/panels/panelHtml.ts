import { randomBytes } from "node:crypto";

/** What the page of a panel is made of. All of it comes from the program: data reaches a panel through messages alone. */
export interface PanelPage {
  /** Origin from which a webview may load, `webview.cspSource`. */
  readonly cspSource: string;
  readonly script: string;
  readonly styleSheet: string;
  readonly title: string;
  /** Language of the texts, as the editor names it. */
  readonly language: string;
  /** Custom element that is the view. */
  readonly element: string;
}

/** The page of a panel under a policy that allows nothing inline and nothing from outside. */
export function panelHtml(page: PanelPage, nonce = randomBytes(18).toString("base64")): string {
  const policy = contentSecurityPolicy(page.cspSource, nonce);
  return `<!DOCTYPE html>
<html lang="${languageTag(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<link rel="stylesheet" href="${escapeHtml(page.styleSheet)}">
<script type="module" nonce="${nonce}" src="${escapeHtml(page.script)}"></script>
</head>
<body>
<${page.element}></${page.element}>
</body>
</html>
`;
}

export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return [
    "default-src 'none'",
    `img-src ${cspSource} blob: data:`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join("; ");
}

/** A BCP 47 tag: editors on bare systems name languages as these do, "en-US@posix", which nothing that formats numbers accepts. */
function languageTag(language: string): string {
  const [tag = ""] = language.replaceAll("_", "-").split(/[@.]/);
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
