import { css } from "lit";

/** Of a table that scrolls in a `.scroll`: so high that ten splits, their head and their mean are seen at once. */
export const scrolledTableStyles = css`
  .scroll {
    max-block-size: 300px;
    overflow: auto;
  }
  .scroll table {
    border-collapse: separate;
    border-spacing: 0;
    font-variant-numeric: tabular-nums;
  }
  .scroll th,
  .scroll td {
    block-size: 24px;
    padding: 0;
    padding-inline-end: 14px;
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  .scroll thead th {
    color: var(--muted);
    font-size: 11px;
  }
  .scroll .end {
    text-align: end;
  }
`;
