import type { Category } from "../../../src/network/definition/layerDefinition";
import type { DiagramNode } from "../../../src/network/drawing/diagram";
import { element, escapeXml, textElement } from "../../shared/svgText";
import { layerName, settingsWords } from "./describe";
import { fitted, type Lettering } from "./lettering";

export const ROW_HEIGHT = 26;
const NAME_AT = 12;
/** Beside the space between them. */
const GAP = 7;
const SPACE = 4;

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
  lettering: Lettering,
  settings = settingsWords(node),
): string {
  const name = fitted(layerName(node), "name", width - NAME_AT - 8, lettering);
  const room = width - NAME_AT - lettering.width(name, "name") - SPACE - GAP - 8;
  const shown = fitted(settings, "settings", room, lettering);
  return element(
    "g",
    { class: ["layer", node.category, ...states].join(" "), ...attributes },
    ...ground({ x, y, width }),
    // The settings follow the name in one line of text, wherever another font makes it end: an exported file has the reader's.
    element(
      "text",
      { x: x + NAME_AT, y: y + 17 },
      element("tspan", { class: "name" }, escapeXml(name)),
      // Read aloud, name and settings are two words.
      " ",
      shown === "" ? "" : element("tspan", { class: "settings", dx: GAP }, escapeXml(shown)),
    ),
  );
}

/** A layer that belongs to the one before it and has no name of its own in the network: it cannot be selected. */
export function drawCard(name: string, category: Category, place: Placed): string {
  return element(
    "g",
    { class: `layer ${category}` },
    ...ground(place),
    textElement({ class: "name", x: place.x + NAME_AT, y: place.y + 17 }, name),
  );
}

const ground = ({ x, y, width }: Placed): readonly string[] => [
  element("rect", { class: "card", x, y: y + 1, width, height: ROW_HEIGHT - 2, rx: 4 }),
  element("rect", { class: "bar", x, y: y + 1, width: 4, height: ROW_HEIGHT - 2, rx: 2 }),
];
