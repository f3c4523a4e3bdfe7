/** What can be selected in a diagram: an item of a tree, for the keyboard and for screen readers as for the eye. */
export interface TreeItem {
  readonly id: string;
  readonly level: number;
  /** All that the drawing says of it, in words. */
  readonly label: string;
  /** Null when there is nothing inside. */
  readonly expanded: boolean | null;
  readonly top: number;
  readonly height: number;
}

/** A drawing and what can be selected in it, in the order in which the keyboard walks through it. */
export interface Drawn {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
  readonly items: readonly TreeItem[];
}

/** Id of the SVG element of an item, for aria-activedescendant. */
export const elementId = (id: string): string => `item-${id.replace(/[^\w-]/g, "_")}`;

export function itemAttributes(
  { id, level, label, expanded }: TreeItem,
  selected: boolean,
): Readonly<Record<string, string | number>> {
  return {
    id: elementId(id),
    "data-item": id,
    role: "treeitem",
    "aria-level": level,
    "aria-label": label,
    "aria-selected": selected ? "true" : "false",
    ...(expanded === null ? {} : { "aria-expanded": expanded ? "true" : "false" }),
  };
}

/** What a key does: the item that is selected next, or the one that opens or closes. */
export interface TreeKey {
  readonly select?: string;
  readonly toggle?: string;
}

/** What a key of a tree does. */
export function treeKey(key: string, items: readonly TreeItem[], selected: string | null): TreeKey {
  const at = items.findIndex(({ id }) => id === selected);
  const item = items[at];
  const step = (to: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, to))];
    return next === undefined ? {} : { select: next.id };
  };
  switch (key) {
    case "ArrowDown":
      return step(at + 1);
    case "ArrowUp":
      return step(at < 0 ? 0 : at - 1);
    case "Home":
      return step(0);
    case "End":
      return step(items.length - 1);
    case "ArrowRight":
      if (item?.expanded === false) return { toggle: item.id };
      return item?.expanded === true ? step(at + 1) : {};
    case "ArrowLeft": {
      if (item?.expanded === true) return { toggle: item.id };
      const parent = items.slice(0, Math.max(0, at)).findLast(({ level }) => level < (item?.level ?? 0));
      return parent === undefined ? {} : { select: parent.id };
    }
    case "Enter":
    case " ":
      return item !== undefined && item.expanded !== null ? { toggle: item.id } : {};
    default:
      return {};
  }
}
