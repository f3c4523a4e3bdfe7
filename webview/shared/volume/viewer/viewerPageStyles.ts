/** A page with planes and cards beside them, which go below where it is narrow. `--side`: the width of the cards. */
import { css } from "lit";

export const viewerPageStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100vh;
    min-block-size: 320px;
    container-type: inline-size;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 12px;
    padding: 4px 16px;
    border-block-end: 1px solid var(--rim);
  }
  h1 {
    margin: 0;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 13px;
    font-weight: 600;
  }
  .viewerBar {
    margin-inline-start: auto;
  }
  main {
    display: flex;
    flex: 1;
    min-block-size: 0;
  }
  .planes {
    flex: 1;
    margin: 6px;
  }
  aside {
    flex: none;
    inline-size: var(--side);
    overflow: auto;
    border-inline-start: 1px solid var(--rim);
  }
  .card {
    display: grid;
    gap: 8px;
    padding: 10px 16px 12px;
  }
  .card + .card {
    border-block-start: 1px solid var(--rim);
  }
  @container (max-inline-size: 640px) {
    main {
      flex-direction: column;
      overflow: auto;
    }
    .planes {
      flex: none;
      block-size: 70vh;
    }
    aside {
      inline-size: auto;
      overflow: visible;
      border-inline-start: 0;
      border-block-start: 1px solid var(--rim);
    }
  }
`;
