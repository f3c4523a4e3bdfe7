import { css } from "lit";

export const niftiEditorStyles = css`
  :host {
    --side: 300px;
  }
  .bar .muted {
    font-size: 12px;
  }
  .volumes .row {
    display: grid;
    grid-template-columns: 1fr 56px auto;
    align-items: center;
    gap: 8px;
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
