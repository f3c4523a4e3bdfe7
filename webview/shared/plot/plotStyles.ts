import { css } from "lit";

export const plotStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: 4px 10px;
    min-block-size: 26px;
  }
  h3 {
    flex: none;
    line-height: 24px;
  }
  .note {
    flex: 1;
    min-inline-size: 0;
    padding-block-start: 4px;
    font-size: 12px;
    line-height: 16px;
    color: var(--muted);
  }
  .tools {
    display: flex;
    flex: none;
  }
  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .plot,
  .canvas,
  gyrus-table {
    position: absolute;
    inset: 0;
  }
  .plot {
    border-radius: 3px;
  }
  .canvas {
    overflow: hidden;
  }
  .readout {
    position: absolute;
    inset-block-start: var(--top);
    inset-inline-start: var(--left);
    z-index: 2;
    max-inline-size: 240px;
    padding: 4px 8px;
    border: 1px solid var(--vscode-editorHoverWidget-border);
    border-radius: 4px;
    background: var(--vscode-editorHoverWidget-background);
    color: var(--vscode-editorHoverWidget-foreground);
    font-size: 12px;
    pointer-events: none;
  }
  .readout.flipped {
    transform: translateX(-100%);
  }
`;
