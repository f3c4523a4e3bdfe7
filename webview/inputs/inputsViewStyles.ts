import { css } from "lit";

export const inputsViewStyles = css`
  :host {
    --side: auto;
    min-block-size: 360px;
  }
  .bar {
    align-items: baseline;
    padding-block: 8px;
  }
  .bar .what {
    font-size: 12px;
  }
  .state {
    display: flex;
    gap: 8px;
    padding: 24px;
  }
  main {
    display: grid;
    grid-template-columns: 264px minmax(0, 1fr) 348px;
  }
  main.alone {
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
  }
  .images {
    border-inline-end: 1px solid var(--rim);
  }
  .center {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .viewerHead {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 2px 12px;
    padding: 4px 16px 0;
  }
  .viewerHead h2 {
    font-size: 12px;
  }
  .center > gyrus-volume {
    flex: 1;
    margin: 6px;
  }
  .center > .problems {
    padding: 24px;
  }
  @container (max-inline-size: 980px) {
    main {
      grid-template-columns: minmax(0, 1fr) 348px;
      grid-template-rows: 170px minmax(320px, 1fr);
      overflow: auto;
    }
    .images {
      grid-column: 1 / 3;
      flex-direction: row;
      border-inline-end: 0;
      border-block-end: 1px solid var(--rim);
    }
    .images .choice {
      inline-size: 264px;
      align-content: start;
    }
  }
  @container (max-inline-size: 660px) {
    main {
      display: block;
    }
    .images {
      block-size: 170px;
    }
    .center {
      block-size: 70vh;
    }
    aside {
      border-inline-start: 0;
      border-block-start: 1px solid var(--rim);
    }
  }
`;
