import { element } from "../../shared/svgText";
import { diagramCss } from "./diagramCss";

/** A drawing as an SVG file: its colours are those of the theme at this moment, on the ground of the editor. */
export function diagramFile(
  { markup, width, height }: { readonly markup: string; readonly width: number; readonly height: number },
  title: string,
): string {
  const style = getComputedStyle(document.documentElement);
  const color = (variable: string) => style.getPropertyValue(variable).trim() || "currentColor";
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": getComputedStyle(document.body).fontFamily,
      role: "img",
      "aria-label": title,
    },
    element("style", {}, diagramCss(color).replaceAll("<", "")),
    element("rect", { width, height, fill: color("--vscode-editor-background") }),
    markup,
  );
}
