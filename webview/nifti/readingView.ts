/** What stands where the planes will be: how far the reading is, or why there is nothing to see. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { icon } from "../shared/icon";
import { formatBytes } from "../shared/numbers";
import { properties } from "../shared/properties";
import type { TooLarge } from "../shared/volume/layers/messages";
import { text as volumeText } from "../shared/volume/layers/texts";
import { said } from "../shared/volume/saidFaults";
import { text } from "./texts";

/** How far the reading of a volume is. */
export interface Progress {
  readonly share: number;
  /** Bytes of the volume. */
  readonly bytes: number;
}

/** @param progress null where nothing is told of it, as for small volumes */
export function readingVoxels(progress: Progress | null, cancel: () => void): TemplateResult {
  const percent = progress === null ? null : Math.floor(100 * progress.share);
  return html`<div class="planes">
    <div class="reading">
      <p class="muted" role="status">${icon("loading", true)} ${text("reading")}</p>
      ${
        progress === null || percent === null
          ? nothing
          : html`<div
                class="progress"
                role="progressbar"
                aria-label=${text("reading")}
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=${percent}
              >
                <div ${properties({ "--share": `${percent}%` })}></div>
              </div>
              <p class="muted numeric">${text("readShare", percent, formatBytes(progress.bytes))}</p>`
      }
      <vscode-button secondary @click=${cancel}>${text("cancelReading")}</vscode-button>
    </div>
  </div>`;
}

export const readingStopped = (again: () => void): TemplateResult => html`<div class="planes">
  <div class="reading">
    <p class="muted" role="status">${text("readingStopped")}</p>
    <vscode-button @click=${again}>${text("readAgain")}</vscode-button>
  </div>
</div>`;

export const readingHeader = (): TemplateResult => html`<div class="planes">
  <p class="said muted" role="status">${icon("loading", true)}<span>${text("readingHeader")}</span></p>
</div>`;

export function saidSize({ bytes, limit, mayTry }: TooLarge, readAnyway: () => void): TemplateResult {
  if (!mayTry)
    return said([
      html`<p>${text("tooLarge", formatBytes(bytes), formatBytes(limit))}</p>
        <p class="muted">${volumeText("tooLargeRemedy")}</p>`,
    ]);
  return said([
    html`<p>${text("large", formatBytes(bytes))}</p>
      <p class="muted">${text("largeRemedy", formatBytes(limit))}</p>
      <vscode-button @click=${readAnyway}>${text("readAnyway")}</vscode-button>`,
  ]);
}

export const readingStyles = css`
  .reading {
    display: grid;
    gap: 8px;
    justify-items: start;
    inline-size: min(320px, 100%);
    margin: 24px auto;
  }
  .reading p {
    margin: 0;
  }
  .reading .progress {
    inline-size: 100%;
    block-size: 4px;
    background: var(--rim);
  }
  .reading .progress > div {
    inline-size: var(--share);
    block-size: 100%;
    background: var(--vscode-progressBar-background);
  }
`;
