import { css } from "lit";

export const trainingPanelStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  main {
    display: grid;
    gap: 18px;
    padding: 12px 20px 24px;
  }
  .nothing {
    display: grid;
    gap: 10px;
    padding: 20px;
  }
  .nothing > p:last-child {
    color: var(--muted);
  }
  .curves {
    display: grid;
    gap: 10px;
    min-inline-size: 0;
  }
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr));
    gap: 16px 24px;
  }
  /* A metric a row, a network a column. */
  .charts.columns {
    grid-template-columns: repeat(var(--columns), minmax(260px, 1fr));
    gap: 16px;
    overflow-x: auto;
  }
  gyrus-chart {
    block-size: 290px;
  }
  .details {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr));
    gap: 18px 40px;
    padding-block-start: 14px;
    border-block-start: 1px solid var(--rim);
  }
  .details:not(:has(*)) {
    display: none;
  }
  .epochs {
    padding-block-start: 10px;
    border-block-start: 1px solid var(--rim);
    min-inline-size: 0;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .epochs gyrus-table {
    block-size: 300px;
  }
  @container (max-inline-size: 600px) {
    main {
      gap: 10px;
      padding-block-start: 8px;
    }
    .curves {
      gap: 6px;
    }
  }
`;
