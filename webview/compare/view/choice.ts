import { html } from "lit";
import { controlValue } from "../../shared/events";

/** One of several values, to choose. */
export function select(
  label: string,
  options: readonly (readonly [string, string])[],
  current: string,
  choose: (value: string) => void,
) {
  return html`<vscode-single-select label=${label} @change=${(event: Event) => choose(controlValue(event))}>
    ${options.map(
      ([value, name]) =>
        html`<vscode-option value=${value} ?selected=${value === current}>${name}</vscode-option>`,
    )}
  </vscode-single-select>`;
}
