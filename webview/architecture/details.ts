import { html, nothing, type TemplateResult } from "lit";
import type { DiagramNode } from "../../src/network/drawing/diagram";
import { axisNames, grouped, layerName, shapeWords } from "../network/drawing/describe";
import { inReadersLanguage, textOf } from "../shared/text";
import { sizesWords } from "./drawing";
import { architectureStrings } from "./strings";

const text = textOf(architectureStrings);

/** All that is known of the selected layer. */
export function details(node: DiagramNode): TemplateResult {
  const { path, label, attributes, input, output, parameters, receptiveField, padding } = node;
  return html`<h2>${layerName(node)}</h2>
    <code>${label}</code>
    <dl>
      ${entry(text("stateDict"), path)} ${entry(text("input"), shapeWords(input))}
      ${entry(text("output"), shapeWords(output))}
      ${attributes.map(({ name, value }) => entry(name, inReadersLanguage(value)))}
      ${entry(text("parameters"), parameters === 0 ? text("noParameters") : grouped(parameters))}
      ${entry(
        text("receptiveField"),
        receptiveField === null
          ? text("seesAll")
          : text("sees", sizesWords(receptiveField.size), sizesWords(receptiveField.jump)),
      )}
    </dl>
    ${padding === undefined ? nothing : paddingTable(node, padding)}`;
}

function entry(name: string, value: string): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Axis by axis: what is put before it, and what pooling makes of it. */
function paddingTable(
  { input, output }: DiagramNode,
  { before, voxels }: NonNullable<DiagramNode["padding"]>,
): TemplateResult {
  const names = axisNames(before.length);
  return html`<h3>${text("padding")}</h3>
    <p>${text("paddingText")}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${text("axis")}</th>
          <th scope="col">${text("size")}</th>
          <th scope="col">${text("zerosBefore")}</th>
          <th scope="col">${text("pooled")}</th>
        </tr>
      </thead>
      <tbody>
        ${before.map(
          (planes, axis) => html`<tr>
            <th scope="row">${names[axis]}</th>
            <td>${input[axis + 1]}</td>
            <td class=${planes > 0 ? "zeros" : ""}>${planes > 0 ? `+${planes}` : "0"}</td>
            <td>${output[axis + 1]}</td>
          </tr>`,
        )}
      </tbody>
    </table>
    <p class="muted">${text("paddedVoxels", grouped(voxels))}</p>`;
}
