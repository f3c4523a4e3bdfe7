/** Which colour stands for which value of a layer. */
import { css, html, type TemplateResult } from "lit";
import { formatValue } from "../../numbers";
import { properties } from "../../properties";
import { colorOfValue, type LayerLook } from "../layerLook";
import { text } from "./texts";

const STEPS = 48;
/** Labels have no order: so many are shown, each in its field. */
const LABELS = 12;

export function colorBar(name: string, look: LayerLook): TemplateResult {
  const { low, high } = look;
  if (look.colors === "labels") {
    const first = Math.max(1, Math.ceil(low));
    const last = Math.max(first, Math.min(first + LABELS - 1, Math.floor(high)));
    const fields = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const ends = [...new Set([first, last])].map(formatValue);
    const label = text("colorBarPlain", name, formatValue(first), formatValue(last));
    return bar(label, stepped(look, fields), ends);
  }
  const both = look.colors === "blueRed";
  const [from, to] = [both ? -high : low, high];
  const values = Array.from({ length: STEPS }, (_, i) => from + ((i + 0.5) / STEPS) * (to - from));
  const label =
    both && low > 0
      ? text("colorBar", name, ...[from, to, -low, low].map(formatValue))
      : text("colorBarPlain", name, formatValue(from), formatValue(to));
  return bar(label, stepped(look, values), [from, ...(both ? [0] : []), to].map(formatValue));
}

/** Fields of one colour each; hidden ones are empty. */
function stepped(look: LayerLook, values: readonly number[]): string {
  const stops = values.map((value, i) => {
    const share = (edge: number) => `${((100 * edge) / values.length).toFixed(2)}%`;
    return `${colorOfValue(look, value) ?? "transparent"} ${share(i)} ${share(i + 1)}`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

const bar = (label: string, ramp: string, ends: readonly string[]) => html`<div class="colorBar">
  <div class="ramp" role="img" aria-label=${label} title=${label} ${properties({ "--ramp": ramp })}></div>
  <div class="ends numeric muted" aria-hidden="true">${ends.map((end) => html`<span>${end}</span>`)}</div>
</div>`;

export const colorBarStyles = css`
  .colorBar .ramp {
    block-size: 10px;
    border: 1px solid var(--rim);
    /* What is hidden is hatched. */
    background:
      var(--ramp),
      repeating-linear-gradient(135deg, var(--rim) 0 1.5px, transparent 1.5px 4px);
    forced-color-adjust: none;
  }
  .colorBar .ends {
    display: flex;
    justify-content: space-between;
    font-size: 11px;
  }
`;
