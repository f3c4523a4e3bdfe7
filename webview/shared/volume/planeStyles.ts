import { css } from "lit";

/** Margins as `arrange.ts` counts them. */
export const planeStyles = css`
  :host {
    display: grid;
    grid-template: 24px minmax(0, 1fr) 18px / 18px minmax(0, 1fr) 18px;
    align-items: center;
    justify-items: center;
    font-size: 11px;
    color: var(--muted);
    container-type: inline-size;
  }
  .name {
    grid-area: 1 / 1 / 2 / 4;
    display: flex;
    justify-content: space-between;
    justify-self: stretch;
    padding-inline: 18px;
  }
  .name b {
    font-weight: 600;
    color: var(--vscode-foreground);
  }
  .letter {
    color: var(--vscode-foreground);
  }
  .picture {
    grid-area: 2 / 2;
    justify-self: stretch;
    align-self: stretch;
    position: relative;
    cursor: crosshair;
    touch-action: none;
    outline: 1px solid var(--vscode-contrastBorder, transparent);
    outline-offset: 1px;
  }
  .picture:focus-visible {
    outline: 2px solid var(--vscode-focusBorder);
  }
  canvas {
    display: block;
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    forced-color-adjust: none;
  }
  .top {
    grid-area: 1 / 2;
  }
  .bottom {
    grid-area: 3 / 2;
  }
  .left {
    grid-area: 2 / 1;
  }
  .right {
    grid-area: 2 / 3;
  }
  @container (max-inline-size: 160px) {
    .name span {
      display: none;
    }
    .top {
      justify-self: end;
    }
  }
`;
