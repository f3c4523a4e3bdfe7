/** The regions of an atlas, by how much of the map lies in them. */
import "@vscode-elements/elements/dist/vscode-button/index.js";
import { css, html, nothing, type TemplateResult } from "lit";
import type { TableColumn } from "../shared/cells";
import { toCsv } from "../shared/csv";
import "../shared/dataTable";
import { formatPercent, formatValue } from "../shared/numbers";
import { properties } from "../shared/properties";
import type { RankedRegion, RankedRegions } from "./rankRegions";
import { text } from "./texts";

/** More are scrolled to. */
const MOST_ROWS = 10;

export interface ShownRegions extends RankedRegions {
  readonly atlas: string;
  readonly names: ReadonlyMap<number, string>;
}

export interface RegionActions {
  chooseAtlas(): void;
  /** Rows of a file. */
  save(csv: string): void;
  /** Row of `regions`. */
  show(row: number): void;
}

/** @param shown null: there is no atlas */
export function regionsCard(shown: ShownRegions | null, actions: RegionActions): TemplateResult {
  return html`<section class="card regions" aria-label=${text("regions")}>
    <h2>${text("regions")}</h2>
    ${
      shown === null
        ? html`<p class="muted">${text("noAtlas")}</p>
            <vscode-button secondary @click=${() => actions.chooseAtlas()}>${text("addAtlas")}</vscode-button>`
        : html`<p class="muted">${text("regionsHelp", shown.atlas)}</p>
            <gyrus-table
              selectable
              ${properties({ "--rows": String(Math.min(shown.regions.length, MOST_ROWS)) })}
              .label=${text("regions")}
              .rows=${shown.regions.length}
              .columns=${columnsOf(shown)}
              @gyrus-row=${({ detail }: CustomEvent<number>) => actions.show(detail)}
            ></gyrus-table>
            ${shown.outside > 0.005 ? html`<p class="muted">${text("outsideRegions", formatPercent(shown.outside))}</p>` : nothing}
            <vscode-button secondary @click=${() => actions.save(csvOf(shown))}>${text("saveCsv")}</vscode-button>`
    }
  </section>`;
}

const nameOf = ({ names }: ShownRegions, label: number) => names.get(label) ?? text("unnamed", label);

function columnsOf(shown: ShownRegions): readonly TableColumn[] {
  const number = (
    id: "meanSize" | "share" | "balance" | "voxels",
    width: number,
    format: (value: number) => string,
  ): TableColumn => ({
    id,
    label: text(id),
    align: "end",
    width,
    value: (row) => shown.regions[row]?.[id] ?? null,
    format: (value) => (typeof value === "number" ? format(value) : "–"),
  });
  return [
    {
      id: "region",
      label: text("region"),
      align: "start",
      width: 15,
      value: (row) => nameOf(shown, shown.regions[row]?.label ?? 0),
      format: String,
    },
    number("meanSize", 8, (value) => String(Number(value.toPrecision(3)))),
    number("share", 5, formatPercent),
    number("balance", 6, formatPercent),
    number("voxels", 6, formatValue),
  ];
}

function csvOf(shown: ShownRegions): string {
  const cells = ({ label, voxels, meanSize, share, balance }: RankedRegion) =>
    [label, nameOf(shown, label), voxels, meanSize, share, balance ?? ""].map(String);
  return toCsv([
    ["label", "region", "voxels", "mean_absolute_map", "share_of_map", "balance"],
    ...shown.regions.map(cells),
  ]);
}

export const regionsCardStyles = css`
  .regions gyrus-table {
    block-size: calc(26px + 22px * var(--rows));
  }
`;
