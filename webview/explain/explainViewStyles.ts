import { css } from "lit";

export const explainViewStyles = css`
  :host {
    --side: 372px;
  }
  .bar > vscode-single-select {
    inline-size: 220px;
  }
  .findings {
    display: flex;
    gap: 8px;
    padding: 6px 16px;
    border-block-end: 1px solid var(--rim);
    font-size: 12px;
  }
  .findings.doubted {
    border-inline-start: 3px solid var(--vscode-editorWarning-foreground);
  }
  .findings.doubted .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .wait {
    display: flex;
    gap: 8px;
    padding: 16px;
  }
`;
