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
export const PALETTE_EXPRESSIONS = {
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
