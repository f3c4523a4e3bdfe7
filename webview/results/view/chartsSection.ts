import { html, nothing, type TemplateResult } from "lit";
import "../../shared/plot/plotElement";
import type { Plot } from "../../shared/plot/plot";
import type { PlotExport } from "../../shared/plot/plotFile";
import { text } from "../texts";

export interface ChartEvents {
  /** Row of the group of a point that was entered. */
  readonly person: (row: number) => void;
  readonly export: (detail: PlotExport) => void;
}

/** @param why there is no curve; "" where there is one; @param name of the section */
export const chartsSection = (
  plots: readonly Plot[],
  why: string,
  events: ChartEvents,
  name = text("curves"),
): TemplateResult =>
  html`<section class="charts" aria-label=${name}>
    ${why === "" ? nothing : html`<p class="muted">${why}</p>`}
    ${plots.map(
      (plot) => html`<gyrus-plot
        .plot=${plot}
        @gyrus-person=${({ detail }: CustomEvent<number>) => events.person(detail)}
        @gyrus-plot-export=${({ detail }: CustomEvent<PlotExport>) => events.export(detail)}
      ></gyrus-plot>`,
    )}
  </section>`;
