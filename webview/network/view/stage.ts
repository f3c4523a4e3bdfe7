/** Pieces that both network views draw alike. */
import { html, nothing, type TemplateResult } from "lit";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";
import { type IconName, icon } from "../../shared/icon";
import { properties } from "../../shared/properties";
import { textOf } from "../../shared/text";
import { type Drawn, elementId } from "../drawing/treeItem";
import type { SourceState } from "../messages";
import type { NetworkProblem } from "../request";
import { networkStrings } from "../strings";

const text = textOf(networkStrings);

/**
 * A diagram whose layers are the items of a tree. Its markup comes from our own drawing functions, which escape every text;
 * the picture is replaced as a whole, so the focus stays on the tree and the selected item is told by its id.
 */
export function diagramTree(
  drawn: Drawn,
  label: string,
  selected: string | null,
  zoom: number,
  choose: (id: string, opens: boolean) => void,
  key: (event: KeyboardEvent) => void,
  point: (id: string | null) => void,
): TemplateResult {
  const active = drawn.items.some(({ id }) => id === selected) ? selected : null;
  const itemOf = (event: Event) =>
    event.target instanceof Element ? event.target.closest("[data-item]") : null;
  const click = (event: Event) => {
    const item = itemOf(event);
    const id = item?.getAttribute("data-item");
    if (typeof id === "string") choose(id, item?.hasAttribute("aria-expanded") === true);
  };
  return html`<div class="canvas">
    <svg
      role="tree"
      tabindex="0"
      aria-label=${label}
      aria-activedescendant=${active === null ? nothing : elementId(active)}
      viewBox="0 0 ${drawn.width} ${drawn.height}"
      ${properties({ "--width": `${drawn.width}px`, "--zoom": String(zoom) })}
      @click=${click}
      @keydown=${key}
      @pointerover=${(event: Event) => point(itemOf(event)?.getAttribute("data-item") ?? null)}
      @pointerleave=${() => point(null)}
    >
      ${unsafeSVG(drawn.markup)}
    </svg>
  </div>`;
}

export function tool(label: string, sign: IconName, press: () => void): TemplateResult {
  return html`<button class="tool" title=${label} aria-label=${label} @click=${press}>${icon(sign)}</button>`;
}

/** What is wrong with the network, and what to do about it. */
export function refused({ where, detail, remedy }: NetworkProblem): TemplateResult {
  return html`<main class="refused">
    ${icon("error")}
    <div role="alert">
      <h1>${text("cannotBuild")}</h1>
      <p><code>${where}</code> ${detail}</p>
      <p class="muted">${remedy}</p>
    </div>
  </main>`;
}

/** A source that cannot be read is said; the view shows another network meanwhile. */
export function sourceProblem(source: SourceState): TemplateResult | typeof nothing {
  return source.kind === "unreadable"
    ? html`<p class="problem" role="alert">
        ${icon("warning")}<span>${text("cannotRead", source.name, source.problem)}</span>
      </p>`
    : nothing;
}

/** The menu of files, for a drawing and its table. */
export function exportMenu(chosen: (format: "svg" | "png" | "csv") => void): TemplateResult {
  return html`<gyrus-menu
    .label=${text("export")}
    .icon=${"export"}
    .items=${[
      { id: "svg", label: text("exportSvg") },
      { id: "png", label: text("exportPng") },
      { id: "csv", label: text("exportCsv") },
    ]}
    @gyrus-choose=${({ detail }: CustomEvent<"svg" | "png" | "csv">) => chosen(detail)}
  ></gyrus-menu>`;
}
