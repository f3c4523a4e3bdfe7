/** What stands where a group has no results, or none yet. */
import { html } from "lit";
import { icon } from "../../shared/icon";
import { text } from "../texts";

/** @param problems null while it is read */
export const nothingYet = (title: string, problems: readonly string[] | null) =>
  html`<header class="head"><h1>${title}</h1></header>
    <main class="sheet">
      <p class="muted" role="status">${text(problems === null ? "waiting" : "nothing")}</p>
      ${problems?.map((problem) => html`<p role="alert">${icon("warning")} ${problem}</p>`)}
    </main>`;
