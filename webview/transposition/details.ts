import { html, nothing, type TemplateResult } from "lit";
import type { Tie } from "../../src/network/transpose";
import { layerName, shapeWords } from "../network/drawing/describe";
import { textOf } from "../shared/text";
import { type Mirrored, tieOf } from "./model";
import { transpositionStrings } from "./strings";

const text = textOf(transpositionStrings);

/** Where the selected layer came from, or what it became, and what it gives to the other side. */
export function details(mirrored: Mirrored, selected: string | null): TemplateResult | typeof nothing {
  const tie = selected === null ? undefined : tieOf(mirrored, selected);
  const node = selected === null ? undefined : mirrored.nodes.get(selected);
  if (tie === undefined || node === undefined) return nothing;
  const row = mirrored.rowOf.get(node.path);
  const inDecoder = tie.decoder === row;
  const other = mirrored.nodes.get(inDecoder ? tie.encoder : tie.decoder);
  const travel = mirrored.transposition.travels.find(({ pool, unpool }) => pool === row || unpool === row);
  return html`<h2>${layerName(node)} <span class="muted">${node.path}</span></h2>
    <code>${node.label}</code>
    <dl>
      ${entry(text("shapes"), `${shapeWords(node.input)} → ${shapeWords(node.output)}`)}
      ${other === undefined ? nothing : entry(text(inDecoder ? "cameFrom" : "became"), `${other.path}: ${other.label}`)}
      ${entry(text("rule"), ruleWords(tie))}
      ${tie.exchangedWith === undefined ? nothing : entry(text("changedPlacesWith"), tie.exchangedWith)}
      ${tie.resized === undefined ? nothing : entry(text("resized"), text("resizedText", tie.resized.from, tie.resized.to))}
      ${
        travel === undefined
          ? nothing
          : inDecoder
            ? entry(
                text("receives"),
                text(travel.padding === undefined ? "receivesIndices" : "receivesText", travel.pool),
              )
            : entry(
                text("gives"),
                text(travel.padding === undefined ? "givesIndices" : "givesText", travel.unpool),
              )
      }
    </dl>`;
}

export const ruleWords = ({ rule }: Tie): string =>
  rule === "copy" ? text("copied") : rule.replace(" -> ", " → ");

const entry = (name: string, value: string): TemplateResult =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
