import { css, html, nothing, svg, type TemplateResult } from "lit";
import { numberField, numberFieldStyles } from "../numberField";
import { formatCount, formatValue } from "../numbers";
import { textOf } from "../text";
import { type IntensitySummary, type IntensityWindow, proper } from "./intensity";
import { volumeStrings } from "./strings";

const text = textOf(volumeStrings);
const WIDTH = 256;
const HEIGHT = 56;
/** Coordinates that are larger are not drawn exactly. */
const FARTHEST = 1e6;

/** The histogram with the window over it, and the window as numbers. `change(null)` goes back to the automatic one. */
export function intensityCard(
  summary: IntensitySummary,
  shown: IntensityWindow,
  automatic: boolean,
  change: (window: IntensityWindow | null) => void,
): TemplateResult {
  const { min, max, notFinite, squashed, span, beyond } = summary;
  const whole = shown.low === min && shown.high === max;
  return html`<section class="card intensity" aria-label=${text("intensity")}>
    <h2>${text("intensity")}</h2>
    ${histogram(summary, shown)}
    <div class="range numeric muted"><span>${formatValue(span.low)}</span><span>${formatValue(span.high)}</span></div>
    <div class="grid">
      <div>
        <span>${text("black")}</span>
        ${numberField(
          { label: text("blackHelp"), value: shown.low, shown: formatValue(shown.low), step: "any" },
          (low) => change(proper({ low, high: shown.high })),
        )}
      </div>
      <div>
        <span>${text("white")}</span>
        ${numberField(
          { label: text("whiteHelp"), value: shown.high, shown: formatValue(shown.high), step: "any" },
          (high) => change(proper({ low: shown.low, high })),
        )}
      </div>
    </div>
    <div class="choices">
      <button class="tool" aria-pressed=${automatic} title=${text("autoWindowHelp")} @click=${() => change(null)}>
        ${text("autoWindow")}
      </button>
      <button
        class="tool"
        aria-pressed=${whole && !automatic}
        title=${text("wholeRangeHelp")}
        @click=${() => change(proper({ low: min, high: max }))}
      >
        ${text("wholeRange")}
      </button>
    </div>
    ${squashed ? html`<p class="problem">${text("squashed", formatValue(min), formatValue(max))}</p>` : nothing}
    ${beyond > 0 ? html`<p class="muted">${text("beyond", formatCount(beyond))}</p>` : nothing}
    ${notFinite > 0 ? html`<p class="problem">${text("notNumbers", formatCount(notFinite))}</p>` : nothing}
  </section>`;
}

/** Heights on a logarithmic scale: the background would leave nothing of the brain to be seen. */
function histogram({ span, histogram: counts }: IntensitySummary, { low, high }: IntensityWindow) {
  const tallest = Math.log1p(counts.reduce((most, count) => Math.max(most, count), 1));
  const step = WIDTH / counts.length;
  let area = `M0 ${HEIGHT}`;
  counts.forEach((count, bin) => {
    const y = HEIGHT - (Math.log1p(count) / tallest) * (HEIGHT - 2);
    area += `L${(bin * step).toFixed(1)} ${y.toFixed(1)}H${((bin + 1) * step).toFixed(1)}`;
  });
  area += `L${WIDTH} ${HEIGHT}Z`;
  const width = span.high - span.low;
  const x = (value: number) => (width > 0 ? (value - span.low) / width : 0.5) * WIDTH;
  const seen = (value: number) => Math.min(WIDTH, Math.max(0, x(value)));
  const drawable = (value: number) => Math.min(FARTHEST, Math.max(-FARTHEST, x(value)));
  const ends = [span.low, span.high, low, high].map(formatValue);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${text("histogram", ...ends)}>
    ${svg`<rect class="window" x=${seen(low)} y="0" width=${Math.max(1, seen(high) - seen(low))} height=${HEIGHT} />
      <path d=${area} />
      <path class="ramp" vector-effect="non-scaling-stroke" d="M${drawable(low)} ${HEIGHT}L${drawable(high)} 0" />`}
  </svg>`;
}

export const intensityCardStyles = [
  numberFieldStyles,
  css`
    .intensity svg {
      display: block;
      inline-size: 100%;
      block-size: 56px;
      border-block-end: 1px solid var(--rim);
      forced-color-adjust: none;
    }
    .intensity svg path {
      fill: color-mix(in srgb, var(--vscode-foreground) 55%, transparent);
    }
    .intensity svg .window {
      fill: color-mix(in srgb, var(--vscode-charts-blue) 22%, transparent);
    }
    .intensity svg .ramp {
      fill: none;
      stroke: var(--vscode-charts-blue);
      stroke-width: 1.5;
    }
    .intensity .range {
      display: flex;
      justify-content: space-between;
      margin-block-start: -4px;
      font-size: 11px;
    }
    .intensity .grid {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 8px;
    }
    /* Above its field: beside it there is no room for "-0.00102125". */
    .intensity .grid span {
      color: var(--muted);
    }
    .intensity .choices {
      display: flex;
      gap: 4px;
    }
    .intensity .choices button {
      padding-inline: 8px;
    }
    .intensity .choices button[aria-pressed="false"] {
      color: var(--vscode-foreground);
      border-color: var(--rim);
    }
    .intensity .problem {
      color: var(--vscode-errorForeground);
    }
  `,
];
