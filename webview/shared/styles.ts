import { css } from "lit";
import { iconStyles } from "./icon";

/** What all views share: the type of VS Code's own panes, quiet separators, one focus ring. */
export const sharedStyles = [
  iconStyles,
  css`
    :host {
      --rim: color-mix(in srgb, var(--vscode-foreground) 14%, transparent);
      --muted: var(--vscode-descriptionForeground);
      box-sizing: border-box;
      color: var(--vscode-foreground);
      font-family: var(--vscode-font-family);
      font-size: var(--vscode-font-size);
      line-height: 1.4;
    }
    :host([hidden]) {
      display: none;
    }
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    h1,
    h2,
    h3,
    p,
    dl,
    dd,
    ul,
    ol {
      margin: 0;
      padding: 0;
    }
    h2,
    h3 {
      font-size: 11px;
      font-weight: 600;
      letter-spacing: 0.02em;
    }
    .muted {
      color: var(--muted);
    }
    .numeric {
      font-variant-numeric: tabular-nums;
    }
    /* Holds what is spoken only. */
    .explained {
      position: relative;
    }
    .spoken {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    :focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
    button.tool {
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: 4px;
      min-inline-size: 24px;
      block-size: 24px;
      padding: 0 4px;
      border: 1px solid transparent;
      border-radius: 5px;
      background: none;
      color: var(--vscode-icon-foreground);
      font: inherit;
      cursor: pointer;
    }
    button.tool:hover:not(:disabled) {
      background: var(--vscode-toolbar-hoverBackground);
      outline: 1px dashed var(--vscode-toolbar-hoverOutline, transparent);
      outline-offset: -1px;
    }
    button.tool:active:not(:disabled) {
      background: var(--vscode-toolbar-activeBackground);
    }
    button.tool[aria-pressed="true"] {
      background: var(--vscode-inputOption-activeBackground);
      border-color: var(--vscode-inputOption-activeBorder, transparent);
      color: var(--vscode-inputOption-activeForeground);
    }
    button.tool:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
    button.tool:disabled {
      opacity: 0.4;
      cursor: default;
    }
    .field {
      block-size: 26px;
      padding: 0 6px;
      border: 1px solid var(--vscode-settings-textInputBorder, var(--vscode-settings-textInputBackground));
      border-radius: 4px;
      background: var(--vscode-settings-textInputBackground);
      color: var(--vscode-settings-textInputForeground);
      font: inherit;
      font-variant-numeric: tabular-nums;
    }
    .field::placeholder {
      color: var(--vscode-input-placeholderForeground);
      opacity: 1;
    }
    .field:focus-visible {
      border-color: transparent;
      outline: 1px solid var(--vscode-focusBorder);
    }
    .field::-webkit-search-cancel-button {
      appearance: none;
    }
    .field:invalid {
      border-color: var(--vscode-inputValidation-errorBorder);
    }
    a {
      color: var(--vscode-textLink-foreground);
    }
  `,
];
