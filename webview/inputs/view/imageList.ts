import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { css, html, nothing, type TemplateResult } from "lit";
import "../../shared/dataTable";
import { partCount } from "../../../src/space/cut";
import type { TableColumn } from "../../shared/cells";
import { controlValue } from "../../shared/events";
import { formatCount } from "../../shared/numbers";
import type { InputPlan, SetName } from "../messages";
import { hasCohorts, imagesOf, searchImages } from "../model/images";
import { text } from "../texts";

const MOST_LABELS = 5;

export interface ImageChoice {
  readonly split: number;
  readonly set: SetName;
  /** Index into the images of the plan. */
  readonly image: number;
  readonly search: string;
}

export interface ImageListEvents {
  readonly split: (split: number) => void;
  readonly set: (set: SetName) => void;
  readonly image: (image: number) => void;
  readonly search: (search: string) => void;
}

/** Which image is looked at: split, set, and a list that can be searched. */
export function imageList(plan: InputPlan, choice: ImageChoice, events: ImageListEvents): TemplateResult {
  const { split, set, image, search } = choice;
  const all = imagesOf(plan, split, set);
  const listed = searchImages(plan.images, all, search);
  return html`<section class="images" aria-label=${text("images")}>
    <div class="choice">
      ${plan.splits.length > 1 ? splitSelect(plan, split, events.split) : nothing}
      <div class="sets" role="group" aria-label=${text("set")}>
        ${(["train", "validation"] as const).map(
          (name) => html`<button class="tool" aria-pressed=${name === set} @click=${() => events.set(name)}>
            ${text(name)} <span class="numeric">${formatCount(imagesOf(plan, split, name).length)}</span>
          </button>`,
        )}
      </div>
      <div class="muted numeric">
        <p>${countText(plan, all.length)}</p>
        ${plan.task === "classification" ? html`<p>${labelText(plan, all)}</p>` : nothing}
      </div>
      <vscode-textfield
        type="text"
        label=${text("search")}
        placeholder=${text("search")}
        .value=${search}
        @input=${(event: Event) => events.search(controlValue(event))}
      ></vscode-textfield>
      ${search.trim() === "" ? nothing : html`<p class="muted numeric" role="status">${text("found", formatCount(listed.length), formatCount(all.length))}</p>`}
    </div>
    <gyrus-table
      .label=${text("images")}
      .rows=${listed.length}
      .columns=${imageColumns(plan, listed)}
      .current=${listed.indexOf(image)}
      .selectable=${true}
      @gyrus-row=${({ detail }: CustomEvent<number>) => events.image(listed[detail]!)}
    ></gyrus-table>
  </section>`;
}

function splitSelect({ splits }: InputPlan, current: number, choose: (split: number) => void) {
  return html`<vscode-single-select
    label=${text("split")}
    @change=${(event: Event) => choose(Number(controlValue(event)))}
  >
    ${splits.map(
      ({ split }) =>
        html`<vscode-option value=${String(split)} ?selected=${split === current}
          >${text("splitNumber", split)}</vscode-option
        >`,
    )}
  </vscode-single-select>`;
}

function countText({ cut }: InputPlan, images: number): string {
  const parts = partCount(cut);
  return parts === 1
    ? text("countsWhole", formatCount(images))
    : text("counts", formatCount(images), formatCount(parts), formatCount(images * parts));
}

/** "AD 5 · CN 5": images of each label, while the labels fit a line. */
function labelText({ images }: InputPlan, all: readonly number[]): string {
  const counts = new Map<string, number>();
  for (const index of all) {
    const { label } = images[index]!;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  if (counts.size > MOST_LABELS) return "";
  return [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([label, count]) => `${label} ${formatCount(count)}`)
    .join(" · ");
}

function imageColumns(plan: InputPlan, listed: readonly number[]): readonly TableColumn[] {
  const column = (
    id: string,
    label: string,
    width: number,
    value: (index: number) => string,
  ): TableColumn => ({
    id,
    label,
    align: "start",
    width,
    value: (row) => value(listed[row]!),
    format: (cell) => String(cell ?? ""),
  });
  const { images, label } = plan;
  return [
    column("participant", text("participant"), 13, (index) => images[index]!.participant),
    column("session", text("session"), 9, (index) => images[index]!.session),
    ...(label === null ? [] : [column("label", label, 8, (index) => images[index]!.label)]),
    ...(hasCohorts(images) ? [column("cohort", text("cohort"), 9, (index) => images[index]!.cohort)] : []),
  ];
}

export const imageListStyles = css`
  .images {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .images .choice {
    display: grid;
    gap: 8px;
    padding: 10px 12px;
  }
  .images vscode-single-select,
  .images vscode-textfield {
    inline-size: 100%;
  }
  .images .sets {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 4px;
  }
  .images .sets button[aria-pressed="false"] {
    color: var(--vscode-foreground);
    border-color: var(--rim);
  }
  .images gyrus-table {
    flex: 1;
  }
`;
