import { css } from "lit";

export const resultsStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .sheet {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    padding: 12px 20px 24px;
  }
  .numbers {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px 32px;
  }
  @container (min-inline-size: 1400px) {
    .numbers {
      grid-template-columns: minmax(0, auto) minmax(260px, 1fr);
    }
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(236px, 100%), 1fr));
    gap: 16px 20px;
    min-inline-size: 0;
  }
  gyrus-plot {
    block-size: 340px;
  }
  @container (max-inline-size: 899px) {
    .sheet {
      padding-block-start: 8px;
    }
    gyrus-plot {
      block-size: clamp(240px, 100vh - 230px, 340px);
    }
  }
  .beside {
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-inline-size: 0;
  }
  .people {
    block-size: 320px;
  }
  /* Who was wrong stands beside the numbers, and stays in sight while these are gone through. */
  @container (min-inline-size: 900px) {
    .page {
      display: flex;
      flex-direction: column;
      block-size: 100vh;
    }
    main {
      flex: 1;
      min-block-size: 0;
      overflow: auto;
      container-type: size;
    }
    .sheet {
      grid-template-columns: minmax(0, 1fr) minmax(360px, 43%);
      grid-auto-rows: max-content;
      padding: 0;
      gap: 0;
    }
    .sheet > * {
      grid-column: 1;
      padding: 12px 20px 4px;
    }
    .sheet > .beside {
      grid-column: 2;
      grid-row: 1 / span 12;
      position: sticky;
      inset-block-start: 0;
      align-self: start;
      block-size: 100cqb;
      padding-block-end: 12px;
      border-inline-start: 1px solid var(--rim);
    }
    .people {
      flex: 1;
      block-size: auto;
    }
    .person {
      flex: none;
      max-block-size: 45%;
      overflow: auto;
    }
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-block-size: 26px;
  }
  .bar .last {
    margin-inline-start: auto;
  }
  .scroll {
    overflow: auto;
  }
  .scroll table:not(.confusion-matrix) {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .scroll table:not(.confusion-matrix) :is(th, td) {
    padding: 2px 12px 2px 0;
    text-align: start;
    font-weight: 400;
    white-space: nowrap;
  }
  .scroll table:not(.confusion-matrix) .end {
    text-align: end;
  }
  .scroll table:not(.confusion-matrix) thead th {
    color: var(--muted);
    font-size: 12px;
    border-block-end: 1px solid var(--rim);
  }
  .scroll table:not(.confusion-matrix) .strong {
    font-weight: 600;
  }
  button.action {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 24px;
    padding: 0 8px;
    border: 1px solid var(--vscode-button-border, transparent);
    border-radius: 4px;
    background: var(--vscode-button-secondaryBackground);
    color: var(--vscode-button-secondaryForeground);
    font: inherit;
    cursor: pointer;
  }
  button.action:hover:not(:disabled) {
    background: var(--vscode-button-secondaryHoverBackground);
  }
  button.action:disabled {
    opacity: 0.5;
    cursor: default;
  }
`;
