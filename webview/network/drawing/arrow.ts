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

/** The sign of something that opens and closes. */
export function chevron(x: number, y: number, open: boolean): string {
  const d = open ? `M${x - 3.5} ${y - 2}l3.5 4l3.5 -4` : `M${x - 2} ${y - 3.5}l4 3.5l-4 3.5`;
  return element("path", { class: "chevron", d });
}
