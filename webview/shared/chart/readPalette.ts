import { PALETTE_EXPRESSIONS, type Palette, SERIES_VARIABLES } from "./palette";

/** Reads the colours as they are inside the shadow root of `element` now. */
export function readPalette(element: HTMLElement & { readonly renderRoot: ParentNode }): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  // Forced colours would answer every question with the same system colour.
  probe.style.setProperty("forced-color-adjust", "none");
  element.renderRoot.append(probe);
  const resolve = (expression: string) => {
    probe.style.color = expression;
    return getComputedStyle(probe).color;
  };
  const background = resolve(PALETTE_EXPRESSIONS.background);
  const plain = (expression: string) => plainColor(resolve(expression), background);
  const palette: Palette = {
    background: plain(PALETTE_EXPRESSIONS.background),
    foreground: plain(PALETTE_EXPRESSIONS.foreground),
    muted: plain(PALETTE_EXPRESSIONS.muted),
    grid: plain(PALETTE_EXPRESSIONS.grid),
    rule: plain(PALETTE_EXPRESSIONS.rule),
    series: SERIES_VARIABLES.map((name) => plain(`var(${name})`)),
    fontFamily: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return palette;
}

/**
 * A colour as it looks on its background, as #rrggbb: programs that open SVG files know neither `color(srgb ...)`, as which
 * browsers tell a mixture, nor an alpha within a colour.
 */
function plainColor(color: string, background: string): string {
  const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  if (pen === null) return color;
  for (const layer of [background, color]) {
    pen.fillStyle = layer;
    pen.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, "0")}`;
}

/** Calls back when the user changes the theme: VS Code then rewrites the variables and the class of the body. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}
