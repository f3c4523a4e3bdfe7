import { css, html, type TemplateResult } from "lit";
import "@vscode-elements/elements/dist/vscode-checkbox/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import type { Triple } from "../../../../src/space/triple";
import { controlValue } from "../../events";
import { type IconName, icon } from "../../icon";
import { textOf } from "../../text";
import { IMAGE_COLORS } from "../colorMap";
import { PLANES } from "../planes";
import { zoomAbout } from "../sight";
import { volumeStrings } from "../strings";
import type { Pictures } from "../takePicture";
import { middleOf } from "../volume";
import { MOST_ZOOM, type ViewerSettings } from "./viewerSettings";

const text = textOf(volumeStrings);
const ZOOM_STEP = 1.5;

/** Controls of the planes. */
export function viewerBar(
  settings: ViewerSettings,
  size: Triple,
  change: (changed: Partial<ViewerSettings>) => void,
  pictures: Pictures,
): TemplateResult {
  const { zoom } = settings;
  const zoomBy = (step: number) =>
    change({ zoom: zoomAbout(zoom, step, settings.voxel ?? middleOf(size), size) });
  return html`<div class="viewerBar" role="toolbar" aria-label=${text("display")}>
    <vscode-single-select
      label=${text("convention")}
      title=${text("conventionHelp")}
      @change=${(event: Event) =>
        change({ convention: controlValue(event) === "radiological" ? "radiological" : "neurological" })}
    >
      ${(["neurological", "radiological"] as const).map(
        (name) =>
          html`<vscode-option value=${name} ?selected=${name === settings.convention}>${text(name)}</vscode-option>`,
      )}
    </vscode-single-select>
    <vscode-single-select
      label=${text("colors")}
      title=${text("colors")}
      @change=${(event: Event) =>
        change({ colors: IMAGE_COLORS.find((name) => name === controlValue(event)) ?? "gray" })}
    >
      ${IMAGE_COLORS.map(
        (name) =>
          html`<vscode-option value=${name} ?selected=${name === settings.colors}>${text(name)}</vscode-option>`,
      )}
    </vscode-single-select>
    <vscode-single-select
      label=${text("mosaic")}
      title=${text("mosaic")}
      @change=${(event: Event) => {
        const wanted = controlValue(event);
        change({ mosaic: PLANES.find((name) => name === wanted) ?? null });
      }}
    >
      <vscode-option value="" ?selected=${(settings.mosaic ?? null) === null}>${text("noMosaic")}</vscode-option>
      ${PLANES.map(
        (name) =>
          html`<vscode-option value=${name} ?selected=${name === settings.mosaic}>${text("mosaicIn", text(name))}</vscode-option>`,
      )}
    </vscode-single-select>
    <vscode-checkbox
      label=${text("crosshair")}
      ?checked=${settings.crosshair}
      @change=${() => change({ crosshair: !settings.crosshair })}
    ></vscode-checkbox>
    <vscode-checkbox
      label=${text("smooth")}
      title=${text("smoothHelp")}
      ?checked=${settings.smooth}
      @change=${() => change({ smooth: !settings.smooth })}
    ></vscode-checkbox>
    <span class="group">
      ${button("zoom-out", text("zoomOut"), zoom === null, () => zoomBy(1 / ZOOM_STEP))}
      <output class="numeric">${zoom === null ? "1" : String(Math.round(zoom.factor * 10) / 10)}×</output>
      ${button("zoom-in", text("zoomIn"), zoom !== null && zoom.factor >= MOST_ZOOM, () => zoomBy(ZOOM_STEP))}
      ${button("screen-normal", text("zoomFit"), zoom === null, () => change({ zoom: null }))}
    </span>
    <span class="group">
      ${button("copy", text("copyPicture"), false, () => pictures.copy())}
      ${button("export", text("savePicture"), false, () => pictures.save())}
      <vscode-checkbox
        label=${text("colorBarToo")}
        title=${text("colorBarHelp")}
        ?checked=${settings.colorBar === true}
        @change=${() => change({ colorBar: settings.colorBar !== true })}
      ></vscode-checkbox>
    </span>
  </div>`;
}

function button(name: IconName, label: string, disabled: boolean, press: () => void): TemplateResult {
  return html`<button class="tool" ?disabled=${disabled} aria-label=${label} title=${label} @click=${press}>
    ${icon(name)}
  </button>`;
}

export const viewerBarStyles = css`
  .viewerBar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    min-block-size: 30px;
  }
  .viewerBar vscode-single-select {
    inline-size: 136px;
  }
  .viewerBar .group {
    display: inline-flex;
    align-items: center;
  }
  .viewerBar .group vscode-checkbox {
    margin-inline-start: 8px;
  }
  .viewerBar output {
    min-inline-size: 4ch;
    text-align: center;
  }
`;
