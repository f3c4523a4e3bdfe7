import { css, html, nothing, type TemplateResult } from "lit";
import { controlValue } from "../../shared/events";
import { type IconName, icon } from "../../shared/icon";
import type { ShownNote, ShownRun } from "../messages";
import { text } from "../texts";

export interface CardEvents {
  readonly open: (run: ShownRun) => void;
  readonly note: (run: ShownRun, change: ShownNote) => void;
  readonly rename: (run: ShownRun) => void;
  readonly delete: (run: ShownRun) => void;
  readonly against: (run: ShownRun | null) => void;
}

/** The run that is chosen: what the user keeps of it, and what can be done with it. */
export function runCard(
  run: ShownRun | null,
  isAgainst: boolean,
  groups: readonly string[],
  events: CardEvents,
): TemplateResult {
  if (run === null)
    return html`<section class="card"><p class="muted">${text("nothingChosen")}</p></section>`;
  const { note } = run;
  const button = (name: IconName, label: string, press: () => void, pressed?: boolean) =>
    html`<button class="tool" aria-pressed=${pressed ?? nothing} @click=${press}>${icon(name)} ${label}</button>`;
  return html`<section class="card" aria-label=${text("chosen")}>
    <h2 title=${run.maps}>${run.name} <span class="muted">${run.folder}</span></h2>
    <div class="bar">
      ${button("graph-line", text("open"), () => events.open(run))}
      ${button("diff", text("against"), () => events.against(isAgainst ? null : run), isAgainst)}
      ${button("archive", text(note.archived === true ? "unarchive" : "archive"), () => events.note(run, { archived: note.archived !== true }))}
      ${button("edit", text("rename"), () => events.rename(run))}
      ${button("trash", text("delete"), () => events.delete(run))}
    </div>
    <div class="fields">
      <label>
        <span class="muted">${text("group")}</span>
        <input
          class="field"
          type="text"
          list="groups"
          .value=${note.group ?? ""}
          @change=${(event: Event) => events.note(run, { group: controlValue(event).trim() })}
        />
      </label>
      <datalist id="groups">${groups.map((group) => html`<option value=${group}></option>`)}</datalist>
      <label class="wide">
        <span class="muted">${text("note")}</span>
        <input
          class="field"
          type="text"
          .value=${note.note ?? ""}
          @change=${(event: Event) => events.note(run, { note: controlValue(event).trim() })}
        />
      </label>
    </div>
  </section>`;
}

export const cardStyles = css`
  .card {
    display: grid;
    gap: 6px;
    padding: 8px 20px 10px;
    border-block-start: 1px solid var(--rim);
  }
  .card h2 {
    overflow: hidden;
    font-size: 13px;
    letter-spacing: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card h2 span {
    font-weight: 400;
  }
  .card .fields {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
  }
  .card label {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .card .wide {
    flex: 1;
    min-inline-size: 220px;
  }
  .card .wide .field {
    flex: 1;
    min-inline-size: 0;
  }
`;
