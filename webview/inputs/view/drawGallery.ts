import { css, html, nothing, type TemplateResult } from "lit";
import type { Triple } from "../../../src/space/triple";
import { icon } from "../../shared/icon";
import { numberField } from "../../shared/numberField";
import { textOf } from "../../shared/text";
import type { Look } from "../../shared/volume/gestures";
import type { PlaneName } from "../../shared/volume/planes";
import { volumeStrings } from "../../shared/volume/strings";
import type { ViewerSettings } from "../../shared/volume/viewer/viewerSettings";
import type { InputPlan } from "../messages";
import { DRAWS_SEEN } from "../model/drawsAsked";
import type { ChosenDraws } from "../state";
import type { Shown, ShownDraws } from "../store";
import { phraseText, text } from "../texts";
import { inputPlanes } from "./inputPlanes";

export interface GalleryEvents {
  readonly choose: (draws: ChosenDraws) => void;
  /** Crosshair of the image. */
  readonly move: (voxel: Triple) => void;
}

export interface GalleryChoice {
  readonly part: number;
  readonly draws: ChosenDraws;
  readonly view: ViewerSettings;
  /** Whether the training transforms it: images of the validation set are never transformed. */
  readonly trained: boolean;
}

const PLANE_NAMES: readonly PlaneName[] = ["sagittal", "coronal", "axial"];
const volumeText = textOf(volumeStrings);

/** An input without transforms, and beside it as the training learns from it in one epoch after the other, with what was done in words. */
export function drawGallery(
  plan: InputPlan,
  input: Shown | null,
  shown: ShownDraws | null,
  { part, draws, view, trained }: GalleryChoice,
  events: GalleryEvents,
): TemplateResult {
  const drawn = shown?.drawn ?? [];
  const waiting = trained && shown?.ended !== true ? DRAWS_SEEN - drawn.length : 0;
  const planes = (one: Shown) =>
    inputPlanes(plan, one, part, {
      // The same brightness in all: contrast is among what is drawn.
      view: { ...view, window: input?.summary.auto ?? null },
      layers: [],
      only: draws.plane,
      look: (_: Look, voxel) => voxel !== null && events.move(voxel),
    });
  return html`<section class="draws" aria-label=${text("draws")}>
    ${toolbar(plan, draws, { ended: shown?.ended === true, trained }, events.choose)}
    ${trained ? nothing : html`<p class="muted">${text("neverDrawn")}</p>`}
    <span class="spoken" role="status">
      ${trained && shown !== null ? text("drawnOf", drawn.length, drawn.length + waiting) : ""}
    </span>
    <div class="gallery">
      ${input === null ? nothing : cell(text("undrawn"), "", planes(input))}
      ${drawn.map((one) =>
        cell(
          text("epoch", one.epoch + 1),
          one.phrases.length === 0 ? text("unchanged") : one.phrases.map(phraseText).join("; "),
          planes(one),
        ),
      )}
      ${Array.from({ length: waiting }, () =>
        cell("", text("drawing"), html`<span class="waiting">${icon("loading", true)}</span>`),
      )}
    </div>
    ${shown?.ended ? html`<p class="muted">${text("noFurther")}</p>` : nothing}
  </section>`;
}

const cell = (title: string, words: string, picture: TemplateResult) =>
  html`<figure aria-label=${title || words}>
    ${picture}
    <figcaption><strong>${title}</strong> ${words}</figcaption>
  </figure>`;

function toolbar(
  plan: InputPlan,
  draws: ChosenDraws,
  { ended, trained }: { readonly ended: boolean; readonly trained: boolean },
  choose: (draws: ChosenDraws) => void,
) {
  const seed = draws.seed ?? plan.seed;
  const step = (by: number) => choose({ ...draws, from: Math.max(0, draws.from + by) });
  return html`<div class="toolbar">
    <span class="stage" role="group" aria-label=${text("plane")}>
      ${
        plan.cut.mode === "slice"
          ? nothing
          : PLANE_NAMES.map(
              (plane) =>
                html`<button
                  class="tool"
                  aria-pressed=${plane === draws.plane}
                  @click=${() => choose({ ...draws, plane })}
                >
                  ${volumeText(plane)}
                </button>`,
            )
      }
    </span>
    <label class="seed" title=${text("seedHelp", plan.seed)}>
      ${text("seed")}
      ${numberField({ label: text("seed"), value: seed, min: 0, max: 2 ** 32 - 1 }, (typed) =>
        choose({ ...draws, from: 0, seed: Math.min(Math.max(Math.round(typed), 0), 2 ** 32 - 1) }),
      )}
    </label>
    <button class="tool named" ?disabled=${!trained || draws.from === 0} @click=${() => step(-DRAWS_SEEN)}>
      ${icon("chevron-left")}${text("drawBefore")}
    </button>
    <button class="tool named" ?disabled=${!trained || ended} @click=${() => step(DRAWS_SEEN)}>
      ${text("drawOthers")}${icon("chevron-right")}
    </button>
  </div>`;
}

export const drawGalleryStyles = css`
  .draws {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    padding: 6px 16px 12px;
  }
  .draws .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding-block-end: 8px;
  }
  .draws .tool {
    padding-inline: 8px;
    white-space: nowrap;
  }
  .draws .stage {
    display: inline-flex;
    gap: 2px;
  }
  .draws .stage button[aria-pressed="false"] {
    color: var(--vscode-foreground);
    border-color: var(--rim);
  }
  .draws .seed {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .draws .seed .number {
    inline-size: 96px;
  }
  .gallery {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    gap: 12px;
  }
  .gallery figure {
    margin: 0;
    min-inline-size: 0;
  }
  .gallery gyrus-volume,
  .gallery .waiting {
    display: block;
    block-size: 200px;
  }
  .gallery .waiting {
    display: grid;
    place-items: center;
    border: 1px dashed var(--rim);
  }
  .gallery figcaption {
    padding-block-start: 4px;
    font-size: 12px;
    overflow-wrap: anywhere;
  }
`;
