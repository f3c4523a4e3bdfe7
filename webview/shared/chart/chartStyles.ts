import { css } from "lit";

export const chartStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    container-type: inline-size;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: 4px 12px;
    min-block-size: 26px;
  }
  h3 {
    flex: none;
    line-height: 24px;
  }
  .legend {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 0 2px;
    max-block-size: 72px;
    overflow: auto;
  }
  .legend button,
  .legend .note {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    block-size: 24px;
    padding: 0 5px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--vscode-foreground);
    font: inherit;
    font-size: 12px;
    white-space: nowrap;
  }
  .legend .note {
    color: var(--muted);
  }
  .legend .long {
    block-size: auto;
    white-space: normal;
  }
  .legend .problem {
    color: var(--vscode-foreground);
    font-weight: 600;
  }
  .legend .problem .icon {
    color: var(--vscode-errorForeground);
  }
  .legend button {
    cursor: pointer;
  }
  .legend button:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .legend button[aria-pressed="false"] {
    text-decoration: line-through;
    opacity: 0.65;
  }
  .legend .value {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .tools {
    display: flex;
    flex: none;
    margin-inline-start: auto;
  }
  @container (max-inline-size: 460px) {
    header {
      flex-wrap: wrap;
    }
    h3 {
      flex: 1;
    }
    .legend {
      order: 1;
      flex-basis: 100%;
      flex-wrap: nowrap;
      max-block-size: 24px;
      overflow: hidden;
    }
    .legend .note {
      display: none;
    }
  }
  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .plot {
    position: absolute;
    inset: 0;
    border-radius: 3px;
  }
  .canvas {
    position: absolute;
    inset: 0;
    overflow: hidden;
    font-size: 11px;
  }
  .uplot {
    font-family: inherit;
  }
  .u-over {
    cursor: crosshair;
  }
  .u-select {
    background: var(--vscode-editor-selectionBackground);
    opacity: 0.5;
  }
  .u-hz .u-cursor-x {
    border-inline-end: 1px solid color-mix(in srgb, var(--vscode-foreground) 45%, transparent);
  }
  gyrus-table {
    position: absolute;
    inset: 0;
  }
  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: var(--muted);
  }
  .readout {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-start: var(--left);
    z-index: 2;
    padding: 5px 8px;
    border: 1px solid var(--vscode-editorHoverWidget-border);
    border-radius: 4px;
    background: var(--vscode-editorHoverWidget-background);
    color: var(--vscode-editorHoverWidget-foreground);
    box-shadow: 0 2px 8px var(--vscode-widget-shadow);
    font-size: 12px;
    pointer-events: none;
    white-space: nowrap;
  }
  .readout.flipped {
    transform: translateX(-100%);
  }
  .readout p {
    color: var(--muted);
    margin-block-end: 2px;
  }
  .readout dl {
    display: grid;
    grid-template-columns: auto auto 1fr auto;
    align-items: center;
    gap: 1px 8px;
  }
  .readout dd {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .readout dd.problem {
    font-weight: 600;
  }
  .readout .soft {
    color: var(--muted);
  }
`;
