import { css, html, nothing, type TemplateResult } from "lit";
import type { Triple } from "../../../src/space/triple";
import type { Pictures } from "../../shared/volume/takePicture";
import { viewerBar } from "../../shared/volume/viewer/viewerBar";
import type { ViewerSettings } from "../../shared/volume/viewer/viewerSettings";
import { gridText } from "../model/storedView";
import { type InputsState, type Stage, stageOf } from "../state";
import type { Shown } from "../store";
import { text } from "../texts";

export interface HeadEvents {
  readonly look: (changed: Partial<ViewerSettings>) => void;
  readonly stage: (stage: Stage) => void;
  readonly pictures: Pictures;
}

const STAGE_TEXTS = {
  stored: "stageStored",
  trained: "stageTrained",
  draws: "stageDraws",
} as const satisfies Readonly<Record<Stage, string>>;

/** Whose image is shown, on which grid, before or after it is read as the training reads it. */
export function viewerHead(
  {
    name,
    shown,
    size,
    settings,
    stages,
  }: {
    readonly name: string;
    readonly shown: Shown | null;
    readonly size: Triple;
    readonly settings: InputsState;
    /** Those that there are. */
    readonly stages: readonly Stage[];
  },
  { look, stage, pictures }: HeadEvents,
): TemplateResult {
  const chosen = stageOf(settings);
  return html`<div class="viewerHead">
    <h2>${name}</h2>
    <span class="spoken" role="status">${name}</span>
    <span class="stage" role="group" aria-label=${text("stage")}>
      ${stages.map(
        (one) =>
          html`<button class="tool" aria-pressed=${one === chosen} @click=${() => stage(one)}>
            ${text(STAGE_TEXTS[one])}
          </button>`,
      )}
    </span>
    ${shown === null ? nothing : html`<span class="muted numeric grid">${gridText(shown)}</span>`}
    ${viewerBar(settings.view, size, look, pictures)}
  </div>`;
}

export const viewerHeadStyles = css`
  .viewerHead .stage {
    display: inline-flex;
    gap: 2px;
  }
  .viewerHead .stage button {
    padding-inline: 8px;
    white-space: nowrap;
  }
  .viewerHead .stage button[aria-pressed="false"] {
    color: var(--vscode-foreground);
    border-color: var(--rim);
  }
  .viewerHead .grid {
    font-size: 12px;
    margin-inline-end: auto;
  }
`;
