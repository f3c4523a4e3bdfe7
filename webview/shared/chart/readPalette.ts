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
  const palette: Palette = {
    background: resolve(PALETTE_EXPRESSIONS.background),
    foreground: resolve(PALETTE_EXPRESSIONS.foreground),
    muted: resolve(PALETTE_EXPRESSIONS.muted),
    grid: resolve(PALETTE_EXPRESSIONS.grid),
    rule: resolve(PALETTE_EXPRESSIONS.rule),
    series: SERIES_VARIABLES.map((name) => resolve(`var(${name})`)),
    fontFamily: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return palette;
}

/** Calls back when the user changes the theme: VS Code then rewrites the variables and the class of the body. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}
