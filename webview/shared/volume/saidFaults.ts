/** What stands in the place of the planes where there is nothing to see: why, and what to do. */
import { css, html, type TemplateResult } from "lit";
import { icon } from "../icon";
import type { Fault } from "./layers/messages";

export const saidFaults = (faults: readonly Fault[]): TemplateResult =>
  said(
    faults.map(
      ({ message, remedy }) => html`<p>${message}</p>
        <p class="muted">${remedy}</p>`,
    ),
  );

/** Each beside a sign. */
export const said = (
  what: readonly TemplateResult[],
): TemplateResult => html`<div class="planes" role="alert">
  ${what.map((one) => html`<div class="said">${icon("error")}<div>${one}</div></div>`)}
</div>`;

export const saidStyles = css`
  .said {
    display: flex;
    gap: 8px;
    max-inline-size: 64ch;
    margin: 24px auto;
  }
  .said > div {
    display: grid;
    gap: 6px;
    justify-items: start;
    overflow-wrap: anywhere;
  }
  div.said > .icon {
    color: var(--vscode-errorForeground);
  }
`;
