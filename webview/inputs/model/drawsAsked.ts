/** Asks for the draws that are to be seen, once. */
import type { InputsReader } from "../inputsReader";
import type { InputPlan } from "../messages";
import type { InputsState } from "../state";
import type { InputsStore, WantedDraws } from "../store";
import { chosen } from "./chosen";

/** So many draws are seen at once. */
export const DRAWS_SEEN = 6;

export function askDraws(
  plan: InputPlan,
  settings: InputsState,
  store: InputsStore,
  reader: Pick<InputsReader, "readDraws" | "cancelDraws">,
): void {
  const { draws = null, set } = settings;
  if (draws === null || set !== "train" || plan.augmentation.length === 0) {
    reader.cancelDraws();
    store.draws = null;
    return;
  }
  const { image, part, split } = chosen(plan, settings);
  const wanted = { image, part, split, from: draws.from, seed: draws.seed ?? plan.seed };
  if (store.refused === null && store.draws !== null && isSame(store.draws.wanted, wanted)) return;
  store.beginDraws(wanted);
  const { from, seed } = wanted;
  reader.readDraws(
    image,
    part,
    Array.from({ length: DRAWS_SEEN }, (_, i) => ({ split, number: from + i, seed })),
  );
}

const isSame = (one: WantedDraws, other: WantedDraws): boolean =>
  one.image === other.image &&
  one.part === other.part &&
  one.split === other.split &&
  one.from === other.from &&
  one.seed === other.seed;
