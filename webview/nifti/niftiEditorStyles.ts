import { css } from "lit";

export const niftiEditorStyles = css`
  :host {
    --side: 300px;
  }
  .bar .muted {
    font-size: 12px;
  }
`;
