/** The menu by which a table is exported. */
import { html, type TemplateResult } from "lit";
import "../../shared/menu";
import { text } from "../texts";

export type TableFormat = "csv" | "tsv";

export function exportMenu(label: string, choose: (format: TableFormat) => void): TemplateResult {
  return html`<gyrus-menu
    class="last"
    .label=${label}
    .icon=${"export"}
    .items=${[{ id: "csv", label: text("exportCsv") }, { id: "tsv", label: text("exportTsv") }]}
    @gyrus-choose=${({ detail }: CustomEvent<string>) => choose(detail === "tsv" ? "tsv" : "csv")}
  ></gyrus-menu>`;
}
