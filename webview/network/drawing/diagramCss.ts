/**
 * Style rules of the diagrams, for the view (theme variables) and for an exported file (their values). Plain fills with
 * opacities: colour mixtures are not understood by the programs that open SVG files.
 */
import { CATEGORY_VARIABLES } from "./category";

/** `color` says what stands for a variable: itself in the view, its value in a file. */
export function diagramCss(color: (variable: string) => string): string {
  const text = color("--vscode-foreground");
  const muted = color("--vscode-descriptionForeground");
  const accent = color("--vscode-focusBorder");
  const zeros = color("--vscode-charts-orange");
  const ground = color("--vscode-editor-background");
  const categories = Object.entries(CATEGORY_VARIABLES)
    .map(
      ([category, variable]) =>
        `.${category} > .bar { fill: ${color(variable)}; } .${category} > .card { fill: ${color(variable)}; stroke: ${color(variable)}; }`,
    )
    .join("\n");
  return `
text { fill: ${text}; font-size: 12px; }
.muted, .settings, .size, .column { fill: ${muted}; }
.settings, .size, .column, .small { font-size: 11px; }
.name { font-weight: 600; }
.part { font-size: 13px; font-weight: 600; }
.layer > .card { fill-opacity: 0.12; stroke-opacity: 0.35; stroke-width: 1; }
${categories}
.layer.selected > .card { fill-opacity: 0.28; stroke: ${accent}; stroke-opacity: 1; stroke-width: 2; }
.layer.framed > .card { stroke: ${accent}; stroke-opacity: 1; stroke-width: 2; }
.layer.found > .card { stroke: ${text}; stroke-opacity: 1; stroke-dasharray: 3 2; stroke-width: 1.5; }
.faded { opacity: 0.35; }
.block { fill: ${text}; fill-opacity: 0.03; stroke: ${text}; stroke-opacity: 0.14; }
.block.selected { stroke: ${accent}; stroke-opacity: 1; stroke-width: 2; }
.hairline { stroke: ${text}; stroke-opacity: 0.16; }
.flow { fill: none; stroke: ${muted}; stroke-width: 1.5; }
.flow.head { fill: ${muted}; stroke: none; }
.shortcut { fill: none; stroke: ${text}; stroke-width: 2; }
.shortcut.head { fill: ${text}; stroke: none; }
.sum { fill: ${ground}; stroke: ${text}; stroke-width: 2; }
.ground { fill: ${ground}; }
.map { fill: ${color("--vscode-charts-blue")}; stroke: ${color("--vscode-charts-blue")}; stroke-width: 1; stroke-linejoin: round; }
.map.front { fill-opacity: 0.3; }
.map.top { fill-opacity: 0.18; }
.map.right { fill-opacity: 0.42; }
.map.channel { fill: ${ground}; fill-opacity: 1; stroke-opacity: 0.45; }
.zeros { fill: ${zeros}; fill-opacity: 0.55; stroke: ${zeros}; stroke-width: 1; stroke-linejoin: round; }
.sheet.front { fill-opacity: 0.16; }
text.zeros { fill: ${text}; fill-opacity: 1; stroke: none; font-weight: 600; }
.amount { fill: ${text}; fill-opacity: 0.35; }
.tie { fill: none; stroke: ${muted}; stroke-opacity: 0.5; stroke-width: 1.25; }
.tie.chosen { stroke: ${accent}; stroke-opacity: 1; stroke-width: 2; }
.tie.faded { opacity: 0.3; }
.travel { fill: none; stroke: ${zeros}; stroke-width: 2; }
.travel.planes { stroke-dasharray: 5 4; }
.travel.head { fill: ${zeros}; stroke: none; }
.exchange { fill: none; stroke: ${color("--vscode-charts-green")}; stroke-width: 1.5; }
.exchange-sign { fill: ${ground}; stroke: ${color("--vscode-charts-green")}; stroke-width: 1.5; }
.chevron { fill: none; stroke: ${muted}; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.badge { fill: ${color("--vscode-badge-background")}; }
.badge-text { fill: ${color("--vscode-badge-foreground")}; font-size: 11px; font-weight: 600; }
`;
}
