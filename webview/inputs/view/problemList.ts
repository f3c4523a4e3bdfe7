import { css, html, nothing, type TemplateResult } from "lit";
import { icon } from "../../shared/icon";
import type { InputProblem } from "../messages";
import { text } from "../texts";

/** Long lists are cut in the document, never in the count. */
const MOST_SHOWN = 200;

export interface ProblemEvents {
  readonly open: (file: string, line: number | null) => void;
  readonly again: () => void;
  readonly fold: () => void;
}

/** The problems over what can be looked at all the same. */
export function problemSection(
  problems: readonly InputProblem[],
  unfolded: boolean,
  events: ProblemEvents,
): TemplateResult {
  return html`<section class="trouble" aria-label=${text("problems")}>
    <div class="head">
      <button class="tool" aria-expanded=${unfolded} @click=${events.fold}>
        ${icon(unfolded ? "chevron-down" : "chevron-right")}${problemCount(problems)}
      </button>
      ${againButton(events)}
    </div>
    ${unfolded ? problemList(problems, events.open) : nothing}
  </section>`;
}

/** The problems that leave nothing to look at. */
export function problemPage(problems: readonly InputProblem[], events: ProblemEvents): TemplateResult {
  return html`<main class="alone trouble">
    <div class="head">
      <h2>${problemCount(problems)}</h2>
      <span class="muted">${text("nothing")}</span>
      ${againButton(events)}
    </div>
    ${problemList(problems, events.open)}
  </main>`;
}

const againButton = ({ again }: ProblemEvents) =>
  html`<button class="tool again" @click=${again}>${icon("sync")}${text("readAgain")}</button>`;

/** "2 errors, 1 warning" */
function problemCount(problems: readonly InputProblem[]): string {
  const count = (asked: InputProblem["severity"]) =>
    problems.filter(({ severity }) => severity === asked).length;
  const [errors, warnings, notices] = [count("error"), count("warning"), count("notice")];
  return [
    ...(errors === 0 ? [] : [text("errors", errors)]),
    ...(warnings === 0 ? [] : [text("warnings", warnings)]),
    ...(notices === 0 ? [] : [text("notices", notices)]),
  ].join(", ");
}

const RANK = { error: 0, warning: 1, notice: 2 } as const satisfies Record<InputProblem["severity"], number>;

/** Every problem with its file, its row or key, and what to do; what stops a training first. */
export function problemList(
  problems: readonly InputProblem[],
  open: (file: string, line: number | null) => void,
): TemplateResult {
  const sorted = problems.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  return html`<ul class="problems" tabindex="0" aria-label=${text("problems")}>
    ${sorted.slice(0, MOST_SHOWN).map(
      ({ severity, file, line, where, message, remedy }) => html`<li class=${severity}>
        ${icon(severity === "notice" ? "info" : severity)}
        <div>
          <p><span class="spoken">${text(severity)}: </span>${message}</p>
          ${remedy === "" ? nothing : html`<p class="muted">${remedy}</p>`}
          <p class="place">
            ${
              file === null
                ? nothing
                : html`<button title=${text("openFile", file)} @click=${() => open(file, line)}>
                    ${shortPath(file)}</button
                  >`
            }
            ${line !== null ? text("line", line) : (where ?? nothing)}
          </p>
        </div>
      </li>`,
    )}
    ${problems.length > MOST_SHOWN ? html`<li class="muted">…</li>` : nothing}
  </ul>`;
}

/** The last two names of a path: a CAPS repeats the rest. */
const shortPath = (path: string) => path.split(/[\\/]/).slice(-2).join("/");

export const problemListStyles = css`
  .trouble {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: 4px;
    max-block-size: 34vh;
    padding: 4px 16px;
    border-block-end: 1px solid var(--rim);
  }
  .trouble .head {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .trouble .head button {
    color: var(--vscode-foreground);
  }
  .trouble .again {
    margin-inline-start: auto;
  }
  .trouble .problems {
    padding-block: 4px 8px;
  }
  main.trouble {
    max-block-size: none;
    padding-block: 12px;
    gap: 12px;
    border-block-end: 0;
  }
  .problems {
    /* What is only spoken has a place as well, which must not make the page longer. */
    position: relative;
    display: grid;
    align-content: start;
    gap: 10px;
    list-style: none;
    overflow: auto;
  }
  .problems li {
    display: flex;
    gap: 8px;
    max-inline-size: 100ch;
  }
  .problems p {
    overflow-wrap: anywhere;
  }
  .problems .error > .icon {
    color: var(--vscode-errorForeground);
  }
  .problems .warning > .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .problems .place {
    font-size: 12px;
    color: var(--muted);
  }
  .problems .place button {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .problems .place button:hover {
    text-decoration: underline;
  }
`;
