import { css } from "lit";

/** A slider of the browser in the colours of the theme. */
export const rangeStyles = css`
  input[type="range"] {
    min-inline-size: 60px;
    block-size: 16px;
    margin: 0;
    appearance: none;
    background: none;
    forced-color-adjust: none;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    block-size: 3px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--vscode-foreground) 30%, transparent);
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    inline-size: 12px;
    block-size: 12px;
    margin-block-start: -4.5px;
    border-radius: 50%;
    background: var(--vscode-focusBorder);
  }
`;
