import { css, html, type TemplateResult } from "lit";
import { axisCodes } from "../../src/space/orientation";
import type { Space } from "../../src/space/space";
import { formatBytes, formatValue } from "../shared/numbers";
import type { ImageInfo } from "../shared/volume/layers/messages";
import { text } from "./texts";

export interface HeaderRow {
  readonly name: string;
  readonly value: string;
}

/** What the header says, in the order in which one asks. What it leaves empty has no row. */
function headerRows(image: ImageInfo, space: Space): readonly HeaderRow[] {
  const unit = image.spaceUnit ?? text("unknownUnit");
  const scaled = image.slope !== 1 || image.intercept !== 0;
  const rows: readonly (HeaderRow | null)[] = [
    { name: text("dimensions"), value: image.sizes.join(" × ") },
    { name: text("spacing"), value: `${space.spacing.map(formatSpacing).join(" × ")} ${unit}` },
    image.volumes === 1
      ? null
      : {
          name: text("timeStep"),
          value: `${formatValue(image.timeStep)} ${image.timeUnit ?? text("unknownUnit")}`,
        },
    { name: text("datatype"), value: image.datatype },
    {
      name: text("scaling"),
      value: scaled
        ? text(
            "scalingText",
            formatValue(image.slope),
            image.intercept < 0 ? "−" : "+",
            formatValue(Math.abs(image.intercept)),
          )
        : text("none"),
    },
    { name: text("orientation"), value: space.known ? axisCodes(space.orientation) : "?" },
    {
      name: text("affineFrom"),
      value:
        image.form === "none"
          ? text("voxelSizes")
          : [image.form, image.space].filter((part) => part !== "").join(", "),
    },
    { name: text("description"), value: image.description },
    { name: text("intent"), value: image.intent },
    {
      name: text("format"),
      value: text("nifti", image.version, text(image.littleEndian ? "littleEndian" : "bigEndian")),
    },
    image.fileBytes === null ? null : { name: text("fileSize"), value: formatBytes(image.fileBytes) },
  ];
  return rows.filter((row) => row !== null && row.value !== "") as readonly HeaderRow[];
}

/** Header fields are float32: more digits than these are noise. */
const formatSpacing = (value: number) => String(Number(value.toPrecision(5)));

export function headerTable(image: ImageInfo, space: Space): TemplateResult {
  return html`<section class="card header" aria-label=${text("header")}>
    <h2>${text("header")}</h2>
    <table>
      <tbody>
        ${headerRows(image, space).map(
          ({ name, value }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
            </tr>`,
        )}
        <tr>
          <th scope="row">${text("affine")}</th>
          <td class="matrix">
            ${image.affine.slice(0, 3).map((row) => row.map((value) => html`<span>${formatCell(value)}</span>`))}
          </td>
        </tr>
      </tbody>
    </table>
  </section>`;
}

const formatCell = (value: number) => formatValue(Math.round(value * 1e4) / 1e4);

export const headerTableStyles = css`
  .header table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .header th {
    padding: 2px 12px 2px 0;
    white-space: nowrap;
    font-weight: 400;
    text-align: start;
    vertical-align: top;
    color: var(--muted);
  }
  .header td {
    padding: 2px 0;
    overflow-wrap: anywhere;
    user-select: text;
  }
  .header .matrix {
    display: grid;
    grid-template-columns: repeat(4, auto);
    gap: 0 8px;
    justify-content: start;
    text-align: end;
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 11px;
    line-height: 18px;
  }
`;
