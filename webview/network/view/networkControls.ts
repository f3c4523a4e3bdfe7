import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";

import { css, html, nothing, type TemplateResult } from "lit";
import type { NetworkRequest } from "../../../src/network/building/build";
import { ARCHITECTURES, type ArchitectureName } from "../../../src/network/zoo/zoo";
import { controlValue } from "../../shared/events";
import { icon } from "../../shared/icon";
import "../../shared/menu";
import { textOf } from "../../shared/text";
import { axisNames } from "../drawing/describe";
import type { NetworkSource } from "../messages";
import { type NetworkChoice, PATCH, RGB_SLICE, WHOLE_IMAGE } from "../request";
import { networkStrings } from "../strings";

const text = textOf(networkStrings);
const OWN = "own";
const UNCROPPED_IMAGE: readonly number[] = [1, 193, 229, 193];
/** Larger than any image: what is typed further is taken for a slip. */
const LONGEST_AXIS = 4096;

/** Which network, of which size. `architectures`: those that the view can show. */
export function networkControls(
  choice: NetworkChoice,
  request: NetworkRequest,
  source: NetworkSource | null,
  architectures: readonly ArchitectureName[],
  change: (choice: NetworkChoice) => void,
): TemplateResult {
  const chosen = choice.architecture ?? (source === null ? String(request.architecture) : OWN);
  const choose = (value: string) =>
    change({
      // Another network may take images of other dimensions: the size begins anew.
      architecture: ARCHITECTURES.find((name) => name === value) ?? null,
      inputSize: null,
      outputSize: choice.outputSize,
    });
  return html`<label>
      <span class="muted">${text("network")}</span>
      <vscode-single-select
        label=${text("network")}
        @change=${(event: Event) => choose(controlValue(event))}
      >
        ${
          source === null
            ? nothing
            : html`<vscode-option value=${OWN} ?selected=${chosen === OWN}
                >${ownName(source)}</vscode-option
              >`
        }
        ${architectures.map(
          (name) => html`<vscode-option value=${name} ?selected=${chosen === name}>${name}</vscode-option>`,
        )}
      </vscode-single-select>
    </label>
    <div class="axes" role="group" aria-label=${text("inputSize")}>
      <span class="muted">${text("inputSize")}</span>
      ${request.inputSize.map((size, axis) => sizeField(request.inputSize, size, axis, (inputSize) => change({ ...choice, inputSize })))}
      <gyrus-menu
        .label=${text("usualSizes")}
        .items=${[
          ...(source?.inputSize == null ? [] : [{ id: "own", label: text("ownSize") }]),
          { id: "wholeImage", label: text("wholeImage") },
          { id: "uncroppedImage", label: text("uncroppedImage") },
          { id: "patch", label: text("patch") },
          { id: "slice", label: text("slice") },
        ]}
        @gyrus-choose=${({ detail }: CustomEvent<string>) => change({ ...choice, inputSize: usualSize(detail) })}
      ></gyrus-menu>
    </div>
    ${
      source?.sizeIsGuess === true && choice.architecture === null && choice.inputSize === null
        ? html`<span class="guess" role="note">${icon("info")} ${text("sizeIsGuess")}</span>`
        : nothing
    }
    ${request.task === "reconstruction" ? nothing : outputsField(request.outputSize, (outputSize) => change({ ...choice, outputSize }))}`;
}

function sizeField(
  inputSize: readonly number[],
  size: number,
  axis: number,
  change: (inputSize: readonly number[]) => void,
): TemplateResult {
  const label =
    axis === 0 ? text("channels") : text("sizeOfAxis", axisNames(inputSize.length - 1)[axis - 1] ?? axis);
  const typed = (event: Event) => {
    const value = Number(controlValue(event));
    if (Number.isInteger(value) && value >= 1 && value <= LONGEST_AXIS) change(inputSize.with(axis, value));
  };
  return html`${axis === 0 ? nothing : html`<span class="times" aria-hidden="true">${axis === 1 ? "@" : "×"}</span>`}<input
      class="field"
      type="number"
      min="1"
      max=${LONGEST_AXIS}
      aria-label=${label}
      title=${label}
      .value=${String(size)}
      @input=${typed}
    />`;
}

/** Classes of a classification, values of a regression. */
function outputsField(outputSize: number, change: (outputSize: number) => void): TemplateResult {
  const typed = (event: Event) => {
    const value = Number(controlValue(event));
    if (Number.isInteger(value) && value >= 1 && value <= LONGEST_AXIS) change(value);
  };
  return html`<label class="axes">
    <span class="muted">${text("outputs")}</span>
    <input class="field" type="number" min="1" max=${LONGEST_AXIS} .value=${String(outputSize)} @input=${typed} />
  </label>`;
}

function usualSize(id: string): readonly number[] | null {
  switch (id) {
    case "wholeImage":
      return WHOLE_IMAGE;
    case "uncroppedImage":
      return UNCROPPED_IMAGE;
    case "patch":
      return PATCH;
    case "slice":
      return RGB_SLICE;
    default:
      return null;
  }
}

function ownName({ architecture, name }: NetworkSource): string {
  const network = typeof architecture === "string" ? architecture : text("custom");
  return `${name.replace(/(\.experiment)?\.json$/, "")}: ${network}`;
}

export const networkControlsStyles = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 14px;
    padding: 8px 16px;
    border-block-end: 1px solid var(--rim);
  }
  .controls label,
  .controls .axes {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .controls vscode-single-select {
    inline-size: 170px;
  }
  .controls .axes .field {
    inline-size: 56px;
  }
  .controls .guess {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .controls .times {
    color: var(--muted);
  }
  .controls .search {
    display: inline-flex;
    flex: 1 1 128px;
    align-items: center;
    gap: 8px;
    max-inline-size: 240px;
  }
  .controls .search .field {
    flex: 1;
    min-inline-size: 80px;
  }
  .controls .search [role="status"] {
    white-space: nowrap;
  }
  .controls .tools {
    display: inline-flex;
    margin-inline-start: auto;
  }
`;
