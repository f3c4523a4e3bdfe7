import { css, html, type TemplateResult } from "lit";
import { CODE_POINTS } from "./iconCodePoints";

export type IconName = keyof typeof CODE_POINTS;

/** Decoration only: what it means is always said in words beside it, or in the name of the button around it. */
export function icon(name: IconName, spin = false): TemplateResult {
  return html`<span class="icon ${spin ? "spin" : ""}" aria-hidden="true"
    >${String.fromCodePoint(CODE_POINTS[name])}</span
  >`;
}

export const iconStyles = css`
  .icon {
    font: normal normal normal 16px/1 codicon;
    display: inline-block;
    inline-size: 16px;
    block-size: 16px;
    text-align: center;
    flex: none;
    user-select: none;
    -webkit-font-smoothing: antialiased;
  }
  .icon.spin {
    animation: icon-spin 1.5s steps(30) infinite;
  }
  @keyframes icon-spin {
    to {
      transform: rotate(360deg);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .icon.spin {
      animation: none;
    }
  }
`;
