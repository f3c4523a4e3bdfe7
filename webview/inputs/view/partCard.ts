import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { type Planes, partCount } from "../../../src/space/cut";
import { controlValue } from "../../shared/events";
import { type IconName, icon } from "../../shared/icon";
import { numberField } from "../../shared/numberField";
import { formatCount, formatValue } from "../../shared/numbers";
import { clamp } from "../../shared/volume/volume";
import type { InputCut, InputPlan } from "../messages";
import type { ValueFacts } from "../model/inputVolume";
import { partName, shapeText, text } from "../texts";

/** The current part: stepper, picture, and what is in it. `picture`: the part as a volume. */
export function partCard(
  plan: InputPlan,
  planes: Planes,
  part: number,
  facts: ValueFacts | null,
  picture: unknown,
  choosePart: (part: number) => void,
): TemplateResult {
  const { cut } = plan;
  return html`<section class="card part" aria-label=${text("input")}>
    <h2>${text("input")}</h2>
    ${cut.mode === "image" ? nothing : stepper(cut, part, choosePart)} ${picture}
    <table>
      <tbody>
        ${cut.mode === "image" ? nothing : row(text("voxels"), planes.map(extentText).join(", "))}
        ${row(text("inputShape"), shapeText(plan.inputSize), plan.inputSize[0] === 3 ? text("channels") : "")}
        ${facts === null ? nothing : row(text("values"), valuesText(facts), facts.min === facts.max && plan.intensity !== null ? text("constant") : "")}
        ${plan.augmentation.length === 0 ? nothing : row(text("transforms"), plan.augmentation.join(", "))}
      </tbody>
    </table>
  </section>`;
}

function stepper(cut: InputCut, part: number, choose: (part: number) => void) {
  const count = partCount(cut);
  const first = cut.mode === "slice" ? cut.first : 0;
  const step = (by: number) => choose(clamp(part + by, 0, count - 1));
  return html`<div class="stepper">
    ${cut.mode === "roi" ? regionSelect(cut, part, choose) : html`<strong>${partName(cut, part)}</strong>`}
    <span class="muted numeric">${text("outOf", formatCount(count))}</span>
    ${stepButton("chevron-left", text("previous"), part === 0, () => step(-1))}
    ${
      cut.mode === "roi"
        ? nothing
        : numberField(
            {
              label: text(cut.mode === "slice" ? "sliceNumber" : "patchNumber"),
              value: part + first,
              min: first,
              max: first + count - 1,
            },
            (typed) => choose(clamp(Math.round(typed) - first, 0, count - 1)),
          )
    }
    ${stepButton("chevron-right", text("next"), part === count - 1, () => step(1))}
  </div>`;
}

function stepButton(name: IconName, label: string, disabled: boolean, step: () => void) {
  return html`<button class="tool" ?disabled=${disabled} aria-label=${label} title=${label} @click=${step}>
    ${icon(name)}
  </button>`;
}

function regionSelect(
  { regions }: Extract<InputCut, { mode: "roi" }>,
  part: number,
  choose: (part: number) => void,
) {
  return html`<vscode-single-select
    label=${text("regionName")}
    @change=${(event: Event) => choose(Number(controlValue(event)))}
  >
    ${regions.map(
      ({ name }, index) =>
        html`<vscode-option value=${String(index)} ?selected=${index === part}>${name}</vscode-option>`,
    )}
  </vscode-single-select>`;
}

const row = (name: string, value: string, remark = "") => html`<tr>
  <th scope="row">${name}</th>
  <td>${value}${remark === "" ? nothing : html`<span class="muted">${remark}</span>`}</td>
</tr>`;

const extentText = (planes: readonly number[]) =>
  planes.length === 1 ? String(planes[0]) : text("range", planes[0] ?? 0, planes.at(-1) ?? 0);

const valuesText = ({ min, max, mean }: ValueFacts) =>
  text("valuesText", formatValue(min), formatValue(max), formatValue(Number(mean.toPrecision(3))));

export const partCardStyles = css`
  .part .stepper {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .part .stepper .muted {
    flex: 1;
    margin-inline-start: 4px;
    font-size: 12px;
    white-space: nowrap;
  }
  .part .stepper vscode-single-select {
    inline-size: 190px;
  }
  .part .stepper .number {
    inline-size: 64px;
  }
  .part gyrus-volume {
    block-size: 316px;
    margin-inline: -6px;
  }
  .part gyrus-volume.flat {
    block-size: 300px;
  }
  .part table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .part th {
    inline-size: 72px;
    padding: 2px 8px 2px 0;
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    color: var(--muted);
  }
  .part td {
    padding: 2px 0;
  }
  .part td .muted {
    display: block;
  }
`;
