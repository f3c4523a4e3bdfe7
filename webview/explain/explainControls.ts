/** Which explanation is seen, and which part of the images. */
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { html, nothing, type TemplateResult } from "lit";
import { controlValue } from "../shared/events";
import type { ShownExplanation } from "./messages";
import { text } from "./texts";

/** @param open is told which of `others` is wanted */
export function othersSelect(
  { others, name, model }: ShownExplanation,
  open: (index: number) => void,
): TemplateResult | typeof nothing {
  if (others.length < 2) return nothing;
  return html`<vscode-single-select
    label=${text("explanation")}
    title=${text("explanation")}
    @change=${(event: Event) => {
      const index = others.indexOf(String(controlValue(event)));
      if (index >= 0) open(index);
    }}
  >
    ${others.map(
      (one) =>
        html`<vscode-option value=${one} ?selected=${one === `${name} · ${model}`}>${one}</vscode-option>`,
    )}
  </vscode-single-select>`;
}

/** @param chosen null for the first one */
export function partCard(
  { parts, mode }: ShownExplanation,
  chosen: number | null,
  show: (part: number) => void,
): TemplateResult | typeof nothing {
  if (parts.length < 2) return nothing;
  const kind = text(mode === "roi" || mode === "slice" ? mode : "patch");
  return html`<section class="card" aria-label=${text("part")}>
    <h2>${text("part")}</h2>
    <vscode-single-select label=${text("part")} @change=${(event: Event) => show(Number(controlValue(event)))}>
      ${parts.map(
        (part) =>
          html`<vscode-option value=${String(part)} ?selected=${part === (chosen ?? parts[0])}>${kind} ${part}</vscode-option>`,
      )}
    </vscode-single-select>
  </section>`;
}
