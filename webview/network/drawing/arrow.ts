import { element } from "../../shared/svgText";

/** A straight line with a head at its end. */
export function arrow(x1: number, y1: number, x2: number, y2: number, kind = "flow"): string {
  const down = x1 === x2;
  const head = down
    ? `M${x2 - 4} ${y2 - 5}L${x2 + 4} ${y2 - 5}L${x2} ${y2}Z`
    : `M${x2 - 5} ${y2 - 4}L${x2 - 5} ${y2 + 4}L${x2} ${y2}Z`;
  return [
    element("line", { class: kind, x1, y1, x2: down ? x2 : x2 - 4, y2: down ? y2 - 4 : y2 }),
    element("path", { class: `${kind} head`, d: head }),
  ].join("");
}
