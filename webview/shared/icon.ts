import { css, html, type TemplateResult } from "lit";

/** Code points of the codicons that the views use; the font is declared in `document.css`. */
const CODE_POINTS = {
  add: 0xea60,
  "arrow-down": 0xea9a,
  "arrow-swap": 0xebcb,
  "arrow-up": 0xeaa1,
  /** Takes the room of an icon and shows none. */
  blank: 0x20,
  check: 0xeab2,
  "chevron-down": 0xeab4,
  "chevron-left": 0xeab5,
  "chevron-right": 0xeab6,
  "circle-filled": 0xea71,
  "circle-outline": 0xeabc,
  clock: 0xea82,
  close: 0xea76,
  "debug-restart": 0xead2,
  "debug-step-over": 0xead6,
  "debug-stop": 0xead7,
  discard: 0xeae2,
  error: 0xea87,
  export: 0xebac,
  eye: 0xea70,
  "eye-closed": 0xeae7,
  filter: 0xeaf1,
  "folder-opened": 0xeaf7,
  "graph-line": 0xebe2,
  info: 0xea74,
  json: 0xeb0f,
  layers: 0xebd2,
  link: 0xeb15,
  loading: 0xeb19,
  output: 0xeb9d,
  pinned: 0xeba0,
  play: 0xeb2c,
  "screen-normal": 0xeb4d,
  search: 0xea6d,
  "split-horizontal": 0xeb56,
  "star-full": 0xeb59,
  sync: 0xea77,
  table: 0xebb7,
  target: 0xebf8,
  warning: 0xea6c,
  "zoom-in": 0xeb81,
  "zoom-out": 0xeb82,
} as const;

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
