import { css } from "lit";

/** Diagram on the left, details on the right; below each other in a narrow editor. */
export const stageStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    block-size: 100vh;
    container-type: inline-size;
  }
  main {
    display: grid;
    flex: 1;
    grid-template-columns: minmax(0, 1fr);
    min-block-size: 0;
  }
  /* Details come when there are any. */
  main.told {
    grid-template-columns: minmax(0, 1fr) 280px;
    min-block-size: 0;
  }
  .stage {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .summary {
    padding: 10px 16px 6px;
  }
  .canvas {
    flex: 1;
    min-block-size: 0;
    padding: 0 8px 16px;
    overflow: auto;
  }
  svg[role="tree"] {
    display: block;
    /* Never wider than its pane unless it is made larger. */
    inline-size: calc(min(100%, var(--width)) * var(--zoom));
    block-size: auto;
    border-radius: 4px;
    forced-color-adjust: none;
  }
  /* The selected layer shows where the keyboard is. */
  svg[role="tree"]:focus {
    outline: none;
  }
  svg[role="tree"]:focus-visible:not([aria-activedescendant]) {
    outline: 1px solid var(--vscode-focusBorder);
  }
  svg [data-item] {
    cursor: pointer;
  }
  svg .layer:hover > .card {
    fill-opacity: 0.24;
  }
  svg .opener:hover > .block {
    fill-opacity: 0.07;
  }
  .stage gyrus-table {
    flex: 1;
  }
  :host-context(body.vscode-high-contrast) svg .card,
  :host-context(body.vscode-high-contrast) svg .block {
    stroke-opacity: 1;
  }
  :host-context(body.vscode-high-contrast) svg .badge {
    stroke: var(--vscode-contrastBorder);
  }
  @media (prefers-reduced-motion: no-preference) {
    svg .travel.moving {
      stroke-dasharray: 7 4;
      animation: travel 0.9s linear infinite;
    }
    @keyframes travel {
      from {
        stroke-dashoffset: 22;
      }
    }
  }
  .summary {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 10px;
  }
  aside {
    position: relative;
    min-block-size: 0;
    border-inline-start: 1px solid var(--rim);
    overflow: auto;
  }
  aside .shut {
    position: absolute;
    inset-block-start: 10px;
    inset-inline-end: 10px;
  }
  aside .details h2 {
    padding-inline-end: 28px;
  }
  .problem,
  .refused {
    display: flex;
    gap: 8px;
    padding: 10px 16px;
  }
  .problem .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .refused {
    padding: 28px;
  }
  .refused > .icon {
    color: var(--vscode-errorForeground);
  }
  .refused h1 {
    margin: 0 0 8px;
    font-size: 14px;
    line-height: 1.2;
  }
  .refused code {
    font-family: var(--vscode-editor-font-family);
    font-weight: 600;
  }
  /* Beside the details the drawing would be narrower than it can be. */
  @container (max-inline-size: 1055px) {
    main.told {
      /* In a low editor, or one that is zoomed, the drawing keeps its part. */
      grid-template-rows: minmax(0, 1fr) fit-content(min(220px, 40%));
      grid-template-columns: minmax(0, 1fr);
    }
    aside {
      border-block-start: 1px solid var(--rim);
      border-inline-start: 0;
    }
  }
`;
