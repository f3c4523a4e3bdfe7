/** Resolved colours of the theme, for what cannot read CSS variables: canvas and exported files. */
export interface Palette {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly rule: string;
  /** In the order of PaletteColor. */
  readonly series: readonly string[];
  readonly fontFamily: string;
}

/** The only colours of the charts: variables of the theme and mixtures of them. */
const EXPRESSIONS = {
  background: "var(--vscode-editor-background)",
  foreground: "var(--vscode-foreground)",
  muted: "var(--vscode-descriptionForeground)",
  grid: "color-mix(in srgb, var(--vscode-foreground) 14%, transparent)",
  rule: "var(--vscode-charts-red)",
} as const;

export const SERIES_VARIABLES = [
  "--vscode-charts-blue",
  "--vscode-charts-orange",
  "--vscode-charts-green",
  "--vscode-charts-red",
  "--vscode-charts-purple",
  "--vscode-charts-yellow",
] as const;

/** Reads the colours as they are inside the shadow root of `element` now. */
export function readPalette(element: HTMLElement & { readonly renderRoot: ParentNode }): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  // Forced colours would answer every question with the same system colour.
  probe.style.setProperty("forced-color-adjust", "none");
  element.renderRoot.append(probe);
  const resolve = (expression: string) => {
    probe.style.color = expression;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = {
    background: resolve(EXPRESSIONS.background),
    foreground: resolve(EXPRESSIONS.foreground),
    muted: resolve(EXPRESSIONS.muted),
    grid: resolve(EXPRESSIONS.grid),
    rule: resolve(EXPRESSIONS.rule),
    series: SERIES_VARIABLES.map((name) => resolve(`var(${name})`)),
    fontFamily: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return palette;
}

/** Calls back when the user changes the theme: VS Code then rewrites the variables and the class of the body. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}
