/** What the networks of a MAPS know of the people of its groups, as far as its maps.json and its tables tell. */
import type { Acquaintance } from "./groupResults";

/** How the networks of a MAPS were chosen. */
export interface Choosing {
  /** The best epoch is the last one, whatever the validation set says, and no stopping looks at it. */
  readonly lastEpoch: boolean;
  /** The validation set was cut from the training part of each split, whose outer fold nobody looked at. */
  readonly inner: boolean;
}

/** What the name of a group tells; null where it depends on its people. */
export function acquaintanceByName(group: string, choosing: Choosing): Acquaintance | null {
  if (group === "train") return "trained";
  if (group === "validation") {
    if (choosing.lastEpoch) return "unseen";
    return choosing.inner ? "inner" : "chosen";
  }
  return group === "outer" && choosing.inner ? "unseen" : null;
}

/** @param known people of the group that taught or chose the networks; null where the MAPS does not say whom they saw */
export function acquaintanceByPeople(known: number | null): Acquaintance {
  if (known === null) return "unverified";
  return known > 0 ? "overlapping" : "unseen";
}

/** From the keys of maps.json. With the last epoch nothing stops early, and the parts of an image weigh the same. */
export const choosingOf = (json: Readonly<Record<string, unknown>>): Choosing => ({
  lastEpoch: json.selection === "last",
  inner: typeof json.inner_validation === "number" && json.inner_validation > 0,
});
