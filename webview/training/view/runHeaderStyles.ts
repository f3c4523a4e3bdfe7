import { css } from "lit";

export const runHeaderStyles = css`
  header.run {
    display: grid;
    gap: 10px;
    padding: 14px 20px 12px;
    border-block-end: 1px solid var(--rim);
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  h1 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 1px 8px 1px 5px;
    border: 1px solid color-mix(in srgb, var(--tone) 45%, transparent);
    border-radius: 10px;
    font-size: 12px;
    white-space: nowrap;
  }
  .status .icon {
    color: var(--tone);
    font-size: 14px;
  }
  .what {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
  }
  .progress {
    display: flex;
    align-items: center;
    gap: 12px;
    font-size: 12px;
  }
  .bar {
    position: relative;
    flex: 1;
    max-inline-size: 420px;
    block-size: 4px;
    overflow: hidden;
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-foreground) 16%, transparent);
    outline: 1px solid var(--vscode-contrastBorder, transparent);
  }
  .bar::after {
    content: "";
    position: absolute;
    inset: 0 auto 0 0;
    inline-size: var(--share);
    border-radius: inherit;
    background: var(--vscode-progressBar-background);
    forced-color-adjust: none;
    transition: inline-size 150ms linear;
  }
  .over .bar::after {
    background: var(--muted);
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 28px;
  }
  .figures dt {
    display: flex;
    align-items: center;
    gap: 3px;
    color: var(--muted);
    font-size: 11px;
  }
  .figures dt .icon {
    color: var(--vscode-charts-orange);
    font-size: 12px;
    inline-size: 12px;
    block-size: 12px;
  }
  .figures strong {
    font-size: 15px;
    font-weight: 600;
  }
  .figures dd .muted {
    margin-inline-start: 4px;
    font-size: 12px;
  }
  .problem,
  .idle-card {
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .problem .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .actions .word {
    font-size: 12px;
  }
  @media (max-width: 700px) {
    .actions .word {
      display: none;
    }
  }
  /* The curves of a finished training begin in sight in a narrow view too. */
  @container (max-inline-size: 600px) {
    header.run {
      gap: 6px;
      padding-block: 8px;
    }
    .figures {
      gap: 4px 16px;
    }
    .figures > div {
      flex: 1 1 45%;
    }
    .figures > .circumstance {
      display: flex;
      flex: 1 1 100%;
      gap: 6px;
      font-size: 12px;
    }
    .figures strong {
      font-size: 14px;
    }
    .figures dd .muted {
      margin-inline-start: 2px;
      font-size: 11px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bar::after {
      transition: none;
    }
  }
`;
