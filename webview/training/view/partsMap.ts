import { css, html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import type { KeptImage } from "../../../src/space/keptPlanes";
import type { MetricNames } from "../../shared/metricNames";
import { formatMetric } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { colorOfLevel, LEVELS } from "../../shared/volume/colorMap";
import { extentOf, type PlaneName } from "../../shared/volume/planes";
import type { PartsMap, RunInfo } from "../messages";
import type { NamedTrack } from "../model/figures";
import { keptPixels } from "../model/keptPlane";
import { colorEnds, levelOf, mapMetric, partValues, planeOfParts, squareOf } from "../model/partSquares";
import { text } from "../texts";

/** A value is written into squares that have room for it: shares of a plane. */
const ROOM = { width: 0.18, height: 0.1 };

/** The brain with a square for each part, which opens its network; the table of the networks says the same. */
export function partsMap(
  parts: PartsMap,
  tracks: readonly NamedTrack[],
  current: NamedTrack,
  run: RunInfo,
  names: MetricNames,
  choose: (id: string) => void,
): TemplateResult {
  const metric = mapMetric(run);
  const values = partValues(tracks, current, metric);
  const found = [...values.values()].flatMap(({ value }) => (value === null ? [] : [value]));
  const ends = colorEnds(metric, run.classes.length, found);
  const plane = planeOfParts(parts);
  const [across, down] = extentOf(plane);
  const label = text("partsMap", names.metric(metric).toLocaleLowerCase());
  const square = (network: number) => {
    const box = parts.boxes[network]!;
    const known = values.get(network);
    if (known === undefined) return nothing;
    const { track, value } = known;
    const [left, top, width, height] = squareOf(plane, box);
    const percent = (share: number) => `${(100 * share).toFixed(2)}%`;
    const name = box.name ?? track.label;
    const chosen = track.id === current.id;
    const fill = value === null ? "transparent" : colorOfLevel("viridis", levelOf(value, ends));
    const said = text("partValue", name, names.metric(metric).toLocaleLowerCase(), formatMetric(value));
    return html`<button
      class="square"
      tabindex=${chosen ? 0 : -1}
      aria-pressed=${chosen}
      aria-label=${said}
      title=${said}
      ${properties({ "--left": percent(left), "--top": percent(top), "--width": percent(width), "--height": percent(height), "--fill": fill })}
      @click=${() => choose(track.id)}
    >
      ${value !== null && width >= ROOM.width && height >= ROOM.height ? html`<span aria-hidden="true">${formatMetric(value)}</span>` : nothing}
    </button>`;
  };
  return html`<section class="parts" aria-label=${label}>
    <div class="head">
      <h2>${label}</h2>
      ${found.length === 0 ? nothing : bar(ends)}
    </div>
    <div class="planes" role="group" aria-label=${label} @keydown=${moveFocus}>
      ${parts.panels.map(
        ({ index, image }) => html`<div class="plane" ${properties({ "--aspect": `${across} / ${down}` })}>
          ${image === null ? nothing : html`<canvas ${ref((canvas) => draw(canvas, image, plane.name))} aria-hidden="true"></canvas>`}
          ${parts.boxes.map((box, network) => (box.index === index ? square(network) : nothing))}
        </div>`,
      )}
    </div>
    <p class="muted">${text("partsHelp")}</p>
  </section>`;
}

function draw(canvas: Element | undefined, image: KeptImage, plane: PlaneName): void {
  if (!(canvas instanceof HTMLCanvasElement)) return;
  const picture = keptPixels(image, plane, "input");
  if (picture === null) return;
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d")?.putImageData(new ImageData(picture.pixels, picture.width, picture.height), 0, 0);
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One part is a stop of the Tab key; the arrow keys go to the others. */
function moveFocus(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const { currentTarget, target } = event;
  if (step === undefined || !(currentTarget instanceof HTMLElement)) return;
  const squares = [...currentTarget.querySelectorAll<HTMLElement>(".square")];
  const here = squares.findIndex((square) => square.contains(target instanceof Node ? target : null));
  squares[(here + step + squares.length) % squares.length]?.focus();
  event.preventDefault();
}

const BAR_STEPS = 16;

function bar([dark, bright]: readonly [number, number]): TemplateResult {
  const stops = Array.from({ length: BAR_STEPS + 1 }, (_, i) =>
    colorOfLevel("viridis", Math.round(((LEVELS - 1) * i) / BAR_STEPS)),
  );
  const [from, to] = [formatMetric(dark), formatMetric(bright)];
  return html`<span class="ends numeric muted" role="img" aria-label=${text("partsBar", from, to)}
    ><span aria-hidden="true">${from}</span><span class="ramp" ${properties({ "--ramp": `linear-gradient(to right, ${stops.join(", ")})` })}></span><span aria-hidden="true">${to}</span></span
  >`;
}

export const partsMapStyles = css`
  .parts {
    display: grid;
    gap: 8px;
  }
  .parts .head {
    justify-content: start;
    gap: 16px;
  }
  .parts .ends {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 11px;
  }
  .parts .ramp {
    inline-size: 120px;
    block-size: 8px;
    background: var(--ramp);
    forced-color-adjust: none;
  }
  .parts .planes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(170px, 100%), 1fr));
    gap: 12px;
  }
  .parts .plane {
    position: relative;
    max-inline-size: 260px;
    aspect-ratio: var(--aspect);
    outline: 1px solid var(--rim);
  }
  .parts canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
  }
  .parts .square {
    position: absolute;
    inset-block-start: var(--top);
    inset-inline-start: var(--left);
    inline-size: var(--width);
    block-size: var(--height);
    padding: 0;
    border: 1px solid var(--vscode-editor-background);
    background: color-mix(in srgb, var(--fill) 62%, transparent);
    font: inherit;
    forced-color-adjust: none;
    cursor: pointer;
  }
  .parts .square[aria-pressed="true"] {
    border: 2px solid var(--vscode-foreground);
    outline: 1px solid var(--vscode-editor-background);
  }
  .parts .square:hover,
  .parts .square:focus-visible {
    z-index: 1;
    outline: 2px solid var(--vscode-focusBorder);
    outline-offset: 0;
  }
  .parts .square span {
    padding: 0 3px;
    border-radius: 2px;
    background: var(--vscode-editor-background);
    color: var(--vscode-foreground);
    font-size: 10px;
  }
`;
