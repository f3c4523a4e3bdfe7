import { css } from "lit";

/** The table takes what the bars above and the card below leave. */
export const runsStyles = css`
  main {
    display: grid;
    grid-template-rows: auto auto minmax(120px, 1fr) auto;
    block-size: 100vh;
    min-block-size: 320px;
    overflow: auto;
  }
  header {
    display: grid;
    gap: 6px;
    padding: 10px 20px 6px;
  }
  h1 {
    font-size: 16px;
    font-weight: 600;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
  }
  .bar .filter {
    flex: 1;
    min-inline-size: 200px;
  }
  .bar label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .bar .last {
    margin-inline-start: auto;
  }
  button.main {
    padding: 2px 10px;
    border: 1px solid var(--vscode-button-border, transparent);
    border-radius: 4px;
    background: var(--vscode-button-background);
    color: var(--vscode-button-foreground);
    font: inherit;
    cursor: pointer;
  }
  button.main:hover:not(:disabled) {
    background: var(--vscode-button-hoverBackground);
  }
  button.main:disabled {
    background: none;
    border-color: var(--rim);
    color: var(--muted);
    cursor: default;
  }
  gyrus-table {
    padding-inline: 12px;
  }
`;
