import { css } from "lit";

/** The pane beside a diagram that tells of the selected layer. */
export const detailsStyles = css`
  .details {
    display: flex;
    flex-direction: column;
    gap: 10px;
    padding: 14px 16px;
    overflow: auto;
  }
  .details h2 {
    font-size: 15px;
  }
  .details h2 .muted {
    font-size: 12px;
    font-weight: 400;
  }
  .details h3 {
    margin-block-start: 6px;
  }
  .details code {
    color: var(--muted);
    font-family: var(--vscode-editor-font-family);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .details dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
    gap: 8px 16px;
  }
  .details dt {
    color: var(--muted);
    font-size: 11px;
  }
  .details dd {
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  .details dt::first-letter {
    text-transform: uppercase;
  }
  .details table {
    align-self: start;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .details th,
  .details td {
    padding: 2px 8px 2px 0;
    font-weight: 400;
    text-align: end;
  }
  .details thead th {
    color: var(--muted);
    font-size: 11px;
  }
  .details th:first-child {
    text-align: start;
  }
  .details .zeros {
    font-weight: 600;
    box-shadow: inset 0 -2px 0 var(--vscode-charts-orange);
  }
`;
