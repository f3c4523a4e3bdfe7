import { css } from "lit";

export const reconstructionsCardStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    padding-block-start: 10px;
    border-block-start: 1px solid var(--rim);
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 20px;
  }
  .epoch {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .epoch input {
    inline-size: 160px;
  }
  .planes {
    display: flex;
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
  }
  th {
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  thead th {
    padding: 0 12px 4px 0;
    color: var(--muted);
    font-size: 11px;
    vertical-align: bottom;
    white-space: nowrap;
  }
  td {
    padding: 0 12px 12px 0;
    vertical-align: top;
  }
  tbody th {
    min-inline-size: 120px;
    max-inline-size: 230px;
    padding: 0 16px 12px 0;
  }
  tbody th > * {
    display: block;
    margin-block-end: 4px;
  }
  tbody .muted {
    font-size: 11px;
  }
  canvas {
    display: block;
    inline-size: clamp(72px, 40cqi - 100px, 190px);
    forced-color-adjust: none;
    image-rendering: auto;
    outline: 1px solid var(--rim);
  }
  .bar {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: 10px;
  }
  .ramp {
    inline-size: 56px;
    block-size: 8px;
    background: var(--ramp);
    forced-color-adjust: none;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-decoration: underline;
    cursor: pointer;
  }
  .fault {
    color: var(--vscode-errorForeground);
  }
`;
