/** Who is in an explanation, the mean of all first. */
import { css, html, type TemplateResult } from "lit";
import type { TableColumn } from "../shared/cells";
import "../shared/dataTable";
import { icon } from "../shared/icon";
import { formatMetric } from "../shared/numbers";
import type { ShownExplanation } from "./messages";
import { text } from "./texts";

/**
 * @param row of the participants, -1 for the mean; @param show is told which is wanted
 * @param beside who stands on the right, null for nobody; @param keep is told who is to
 */
export function peopleCard(
  { people }: ShownExplanation,
  row: number,
  show: (row: number) => void,
  beside: number | null,
  keep: (row: number | null) => void,
): TemplateResult {
  const besides = beside === null ? "" : (people[beside]?.participantId ?? text("mean", people.length));
  return html`<section class="card people" aria-label=${text("people")}>
    <h2 title=${text("peopleHelp")}>${text("people")}</h2>
    <button class="mean" aria-pressed=${row < 0 ? "true" : "false"} @click=${() => show(-1)}>
      ${text("mean", people.length)}
    </button>
    <gyrus-table
      selectable
      .label=${text("people")}
      .rows=${people.length}
      .columns=${columnsOf(people)}
      .current=${row}
      @gyrus-row=${({ detail }: CustomEvent<number>) => show(detail)}
    ></gyrus-table>
    <button
      class="mean beside"
      title=${text("keepBesideHelp")}
      aria-pressed=${beside === null ? "false" : "true"}
      @click=${() => keep(beside === null ? row : null)}
    >
      ${icon("split-horizontal")}${beside === null ? text("keepBeside") : text("besideIs", besides)}
    </button>
  </section>`;
}

function columnsOf(people: ShownExplanation["people"]): readonly TableColumn[] {
  const manySessions = new Set(people.map(({ sessionId }) => sessionId)).size > 1;
  const words = (
    id: "participant" | "session" | "truth" | "answer",
    width: number,
    value: (row: number) => string | null,
  ): TableColumn => ({
    id,
    label: text(id),
    align: "start",
    width,
    value,
    format: (said) => (said === null ? "–" : String(said)),
  });
  const answers = people.some(({ answer }) => answer !== null);
  const probabilities = people.some(({ probability }) => probability !== null);
  return [
    words("participant", 16, (row) => people[row]?.participantId ?? null),
    ...(manySessions ? [words("session", 10, (row) => people[row]?.sessionId ?? null)] : []),
    ...(answers
      ? [
          words("truth", 7, (row) => people[row]?.truth ?? null),
          words("answer", 12, (row) => answerOf(people[row])),
        ]
      : []),
    ...(probabilities
      ? [
          {
            id: "probability",
            label: text("probability"),
            align: "end" as const,
            width: 10,
            value: (row: number) => people[row]?.probability ?? null,
            format: (value: number | string | null) =>
              typeof value === "number" ? formatMetric(value) : "–",
          },
        ]
      : []),
  ];
}

function answerOf(person: ShownExplanation["people"][number] | undefined): string | null {
  if (person?.answer === undefined || person.answer === null) return null;
  return person.wrong === true ? text("wrongly", person.answer) : person.answer;
}

export const peopleCardStyles = css`
  .people gyrus-table {
    block-size: 200px;
  }
  .people .mean {
    padding: 4px 10px;
    border: 1px solid var(--rim);
    border-radius: 4px;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .people .beside {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .people .mean:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .people .mean[aria-pressed="true"] {
    background: var(--vscode-list-inactiveSelectionBackground);
    border-color: var(--vscode-contrastActiveBorder, var(--vscode-focusBorder));
    font-weight: 600;
  }
`;
