import { css, html, svg, type TemplateResult, unsafeCSS } from "lit";
import { DASHES, type Dash, type PaletteColor, type Shape } from "./figure";
import { SERIES_VARIABLES } from "./palette";
import { shapePath } from "./shapes";

/** Says what a line looks like: its colour, its dash and its marker, as in the chart. */
export interface LineStyle {
  /** null: whatever the colour. */
  readonly color: PaletteColor | null;
  readonly dash: Dash;
  /** null: whatever the marker. */
  readonly shape: Shape | null;
  readonly ghost?: boolean;
}

export function lineSample({ color, dash, shape, ghost = false }: LineStyle): TemplateResult {
  return html`<svg class="sample ${color === null ? "" : `c${color}`} ${ghost ? "ghost" : ""}" width="26" height="10" aria-hidden="true">
    ${svg`<line x1="1" x2="25" y1="5" y2="5" stroke-dasharray=${DASHES[ghost ? "solid" : dash].join(" ")} />`}
    ${ghost || shape === null ? "" : svg`<path d=${shapePath(shape, 13, 5, 3)} />`}
  </svg>`;
}

export const legendStyles = css`
  .sample {
    flex: none;
    color: var(--series, currentcolor);
    forced-color-adjust: none;
  }
  .sample line {
    stroke: currentcolor;
    stroke-width: 1.75;
  }
  .sample path {
    fill: currentcolor;
  }
  .sample.ghost {
    opacity: 0.45;
  }
`;

/** Classes c0 ... c5 set `--series` to the colours of the palette. */
export const paletteStyles = unsafeCSS(
  SERIES_VARIABLES.map((name, color) => `.c${color} { --series: var(${name}); }`).join("\n"),
);
