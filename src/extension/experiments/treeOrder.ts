/** Which experiments the tree shows, and in which order. */
import { basename } from "node:path";
import { isBetter } from "../../run/selection";
import { isLive, RUN_STATES } from "../../run/state";
import type { MapsView } from "./mapsView";
import { statusWord } from "./statusWord";
import { reachedBy } from "./words";

export const TREE_ORDERS = ["date", "name", "state", "best"] as const;
export type TreeOrder = (typeof TREE_ORDERS)[number];

/** Those whose name, state, network or task hold every word of `filter`, in capitals or not. */
export function filteredViews(views: readonly MapsView[], filter: string): readonly MapsView[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return views;
  return views.filter((view) => {
    const said = [basename(view.maps), statusWord(view.status), view.architecture, view.task]
      .join("\n")
      .toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** Whether an experiment is shown only where archived ones are asked for: what trains is seen in any case. */
export const isPutAway = ({ archived, status }: MapsView): boolean => archived && !isLive(status);

/** Compares two experiments for an order. By date the latest come first, by result the best of those of one metric. */
export function compareViews(order: TreeOrder, a: MapsView, b: MapsView): number {
  const byName = inOrder.compare(basename(a.maps), basename(b.maps));
  switch (order) {
    case "date":
      return b.changed - a.changed;
    case "name":
      return byName;
    case "state":
      return RUN_STATES.indexOf(a.status) - RUN_STATES.indexOf(b.status) || byName;
    case "best":
      return compareReached(a, b) || byName;
  }
}

function compareReached(a: MapsView, b: MapsView): number {
  const [of, than] = [reachedBy(a), reachedBy(b)];
  if (of === null || than === null) return Number(of === null) - Number(than === null);
  if (of.metric !== than.metric) return of.metric < than.metric ? -1 : 1;
  if (of.value === than.value) return 0;
  return isBetter(of.metric, of.value, than.value) ? -1 : 1;
}

const inOrder = new Intl.Collator(undefined, { numeric: true });
