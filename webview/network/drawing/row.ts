import type { DiagramNode } from "../../../src/network/diagram";
import { element, textElement } from "../../shared/svgText";
import { categoryOf } from "./category";
import { layerName, settingsWords } from "./describe";

export const ROW_HEIGHT = 26;
/** Mean widths of a letter of the name (semi-bold, 12 px) and of the settings (11 px). */
const NAME_LETTER = 7.1;
const SETTING_LETTER = 5.9;

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * A layer as a row: a bar in the colour of its category, its name, its settings. `states`: "selected", "found", "faded".
 * `attributes`: what makes it an item of the tree.
 */
export function drawRow(
  node: DiagramNode,
  { x, y, width }: Placed,
  states: readonly string[],
  attributes: Readonly<Record<string, string | number>>,
  settings = settingsWords(node),
): string {
  const name = layerName(node);
  const from = x + 12 + name.length * NAME_LETTER + 10;
  const room = Math.max(0, Math.floor((x + width - 8 - from) / SETTING_LETTER));
  const shown = settings.length <= room ? settings : `${settings.slice(0, Math.max(0, room - 1))}…`;
  return element(
    "g",
    { class: ["layer", categoryOf(node.kind), ...states].join(" "), ...attributes },
    element("rect", { class: "card", x, y: y + 1, width, height: ROW_HEIGHT - 2, rx: 4 }),
    element("rect", { class: "bar", x, y: y + 1, width: 4, height: ROW_HEIGHT - 2, rx: 2 }),
    textElement({ class: "name", x: x + 12, y: y + 17 }, name),
    // Read aloud, name and settings are two words.
    " ",
    room > 1 ? textElement({ class: "settings", x: from, y: y + 17 }, shown) : "",
  );
}
