import { css, html, nothing, type TemplateResult } from "lit";
import type { Count, LeftOut, SetFlow, SplitFlow } from "../../../src/statistics/dataFlow";
import { formatCount } from "../../shared/numbers";
import { text } from "../texts";

/** Classes with their sessions and people in both sets, and who was left out and why: as the flow diagram of a study. */
export function setsCard(flow: SplitFlow | null | undefined): TemplateResult | typeof nothing {
  if (flow === null || flow === undefined) return nothing;
  const { train, validation } = flow;
  return html`<section class="card sets" aria-label=${text("sets")}>
    <h2>${text("sets")}</h2>
    <table>
      <caption class=${hasLaterSessions(flow) ? "muted" : "spoken"}>
        ${text("setsCaption")}
      </caption>
      <thead>
        <tr>
          <th scope="col">${text("classColumn")}</th>
          <th scope="col" class="numeric">${text("train")}</th>
          <th scope="col" class="numeric">${text("validation")}</th>
        </tr>
      </thead>
      <tbody>
        ${train.classes.map((own, code) => row(own.name, own, validation.classes[code]))}
      </tbody>
      <tfoot>
        ${row(text("allClasses"), train.used, validation.used)} ${row(text("ofTable"), train.rows, validation.rows)}
      </tfoot>
    </table>
    ${leftOutList(text("train"), train)} ${leftOutList(text("validation"), validation)}
  </section>`;
}

const hasLaterSessions = ({ train, validation }: SplitFlow) =>
  [train, validation].some(({ rows }) => rows.people < rows.sessions);

const row = (name: string, train: Count | undefined, validation: Count | undefined) => html`<tr>
  <th scope="row">${name}</th>
  <td class="numeric">${counted(train)}</td>
  <td class="numeric">${counted(validation)}</td>
</tr>`;

/** "40", or "62 (40)" where people have several sessions. */
function counted(count: Count | undefined): string {
  if (count === undefined) return "–";
  const { people, sessions } = count;
  return people === sessions ? formatCount(sessions) : `${formatCount(sessions)} (${formatCount(people)})`;
}

function leftOutList(set: string, { leftOut }: SetFlow): TemplateResult | typeof nothing {
  if (leftOut.length === 0) return nothing;
  const title = text("leftOutOf", set.toLocaleLowerCase());
  return html`<table class="leftOut" aria-label=${title}>
    <thead>
      <tr>
        <th scope="col">${title}</th>
        <th scope="col" class="numeric">${text("sessions")}</th>
        <th scope="col" class="numeric">${text("people")}</th>
        <th scope="col">${text("examples")}</th>
      </tr>
    </thead>
    <tbody>
      ${leftOut.map(leftOutRow)}
    </tbody>
  </table>`;
}

function leftOutRow({ reason, people, sessions, examples }: LeftOut): TemplateResult {
  const some = examples.length < sessions ? [...examples, "…"] : examples;
  return html`<tr>
    <th scope="row">${text(reason)}</th>
    <td class="numeric">${formatCount(sessions)}</td>
    <td class="numeric">${formatCount(people)}</td>
    <td class="muted">${some.join(", ")}</td>
  </tr>`;
}

export const setsCardStyles = css`
  /* Over the whole width: its examples are long. */
  .sets {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }
  .sets table {
    inline-size: max-content;
    max-inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .sets th,
  .sets td {
    padding: 2px 16px 2px 0;
    font-weight: 400;
    text-align: start;
    vertical-align: baseline;
  }
  .sets caption {
    caption-side: bottom;
    padding-block-start: 4px;
    font-size: 11px;
    text-align: start;
  }
  .sets thead th {
    color: var(--muted);
    font-size: 11px;
  }
  .sets .numeric {
    text-align: end;
  }
  .sets tfoot tr:first-child > * {
    border-block-start: 1px solid var(--rim);
    font-weight: 600;
  }
  .sets tfoot tr:last-child > * {
    color: var(--muted);
  }
  .sets .leftOut td:last-child {
    overflow-wrap: anywhere;
  }
`;
