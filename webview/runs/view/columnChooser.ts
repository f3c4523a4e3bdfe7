import { css, html, nothing, type TemplateResult } from "lit";
import { controlValue } from "../../shared/events";
import type { RunColumn } from "../model/columns";
import { text } from "../texts";

export interface ChooserEvents {
  readonly find: (words: string) => void;
  readonly toggle: (id: string) => void;
  readonly usual: () => void;
}

/** Every column that there is, by what it tells, to be shown or not. */
export function columnChooser(
  all: readonly RunColumn[],
  shown: readonly RunColumn[],
  differing: readonly string[],
  find: string,
  events: ChooserEvents,
): TemplateResult {
  const found = all.filter(({ label }) => label.toLowerCase().includes(find.trim().toLowerCase()));
  const groups = [...new Set(all.flatMap(({ group }) => group ?? []))];
  const block = (title: string, columns: readonly RunColumn[]) =>
    columns.length === 0
      ? nothing
      : html`<fieldset>
          <legend>${title}</legend>
          ${columns.map(
            ({ id, label, kind }) => html`<label title=${label}>
              <input type="checkbox" .checked=${shown.some((one) => one.id === id)} @change=${() => events.toggle(id)} />
              <span>${label}</span>${kind === "setting" && differing.includes(label) ? html`<span class="muted">${text("differs")}</span>` : nothing}
            </label>`,
          )}
        </fieldset>`;
  const settings = found.filter(({ kind }) => kind === "setting");
  return html`<section class="chooser" aria-label=${text("columnsOf")}>
    <div class="bar">
      <input
        class="field"
        type="search"
        aria-label=${text("findColumn")}
        placeholder=${text("findColumn")}
        .value=${find}
        @input=${(event: Event) => events.find(controlValue(event))}
      />
      <button class="tool" @click=${events.usual}>${text("usualColumns")}</button>
    </div>
    <div class="blocks" tabindex="0" role="group" aria-label=${text("columnsOf")}>
      ${block(
        text("ofRun"),
        found.filter(({ kind }) => kind === "run"),
      )}
      ${block(
        text("ofValidation"),
        found.filter(({ kind }) => kind === "best"),
      )}
      ${block(text("ofSettings"), [...settings.filter(({ label }) => differing.includes(label)), ...settings.filter(({ label }) => !differing.includes(label))])}
      ${groups.map((group) =>
        block(
          text("ofGroup", group),
          found.filter((one) => one.group === group),
        ),
      )}
    </div>
  </section>`;
}

export const chooserStyles = css`
  .chooser {
    display: grid;
    gap: 6px;
    padding: 8px 20px;
    border-block-end: 1px solid var(--rim);
  }
  .chooser .blocks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(210px, 1fr));
    gap: 8px 16px;
    max-block-size: 38vh;
    overflow: auto;
  }
  .chooser fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .chooser legend {
    padding: 0;
    font-size: 11px;
    font-weight: 600;
  }
  .chooser label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 22px;
  }
  .chooser label span:first-of-type {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
