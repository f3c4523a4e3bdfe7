/** Ticks of the list of participants, of whom two may be looked at side by side, and the keys of the list. */
import { html } from "lit";
import type { TableColumn } from "../../shared/cells";
import { icon } from "../../shared/icon";
import { text } from "../texts";

export interface ListEvents {
  /** Whether it is one of the two that may stand side by side. */
  readonly tick: (row: number) => void;
  readonly sideBySide: () => void;
  readonly map: (row: number) => void;
}

/** Reached by a key of the table: a stop of each would be a stop of each row. */
export const tickColumn = (
  name: (place: number) => string,
  rowOf: (place: number) => number,
  ticked: readonly number[],
  { tick }: Pick<ListEvents, "tick">,
): TableColumn => ({
  id: "ticked",
  label: "☑",
  title: text("tickTwo"),
  align: "start",
  width: 2,
  value: (place) => Number(!ticked.includes(rowOf(place))),
  format: String,
  instead: (place) => {
    const row = rowOf(place);
    const on = ticked.includes(row);
    return html`<button
      class="cell"
      tabindex="-1"
      role="checkbox"
      aria-checked=${on}
      aria-label=${text("tick", name(place))}
      @click=${(event: Event) => {
        event.stopPropagation();
        tick(row);
      }}
    >
      <span class="box">${icon(on ? "check" : "blank")}</span>
    </button>`;
  },
});

/** What a key of the list does; null where it means nothing. */
export function keyOfList(
  key: string,
  current: number,
  two: boolean,
  events: ListEvents,
): (() => void) | null {
  switch (key) {
    case "m":
      return current < 0 ? null : () => events.map(current);
    case " ":
      return current < 0 ? null : () => events.tick(current);
    case "b":
      return two ? events.sideBySide : null;
    default:
      return null;
  }
}

/** What is ticked when `row` is pressed: it is taken or left, and a third one takes the place of the first. */
export const tickedWith = (ticked: readonly number[], row: number): readonly number[] =>
  ticked.includes(row) ? ticked.filter((one) => one !== row) : [...ticked.slice(-1), row];
