import { css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { controlValue } from "./events";

export interface NumberFieldOptions {
  /** Name for screen readers, and the tooltip. */
  readonly label: string;
  readonly value: number;
  /** As it is shown; the value itself when absent. */
  readonly shown?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | "any";
  /** Width in digits. */
  readonly digits?: number;
}

/** A number that can be typed. `change` gets only numbers; what is no number falls back to the value. */
export function numberField(options: NumberFieldOptions, change: (value: number) => void): TemplateResult {
  const { label, value, shown = String(value), min, max, step = 1 } = options;
  return html`<input
    class="number"
    type="number"
    aria-label=${label}
    title=${label}
    min=${min ?? ""}
    max=${max ?? ""}
    step=${step}
    .value=${live(shown)}
    @change=${(event: Event) => {
      const typed = controlValue(event);
      const number = Number(typed);
      if (typed !== "" && Number.isFinite(number)) change(number);
      else if (event.target instanceof HTMLInputElement) event.target.value = shown;
    }}
  />`;
}

export const numberFieldStyles = css`
  input.number {
    inline-size: 100%;
    min-inline-size: 0;
    block-size: 24px;
    padding: 0 5px;
    border: 1px solid var(--vscode-settings-textInputBorder, transparent);
    border-radius: 3px;
    background: var(--vscode-settings-textInputBackground);
    color: var(--vscode-settings-textInputForeground);
    font: inherit;
    font-variant-numeric: tabular-nums;
    text-align: end;
    appearance: textfield;
  }
  input.number::-webkit-inner-spin-button {
    appearance: none;
  }
`;
