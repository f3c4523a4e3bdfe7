/** What stands in the place of a picture that is not there yet. */
import { html, type TemplateResult } from "lit";
import { icon } from "../../shared/icon";
import { text } from "../texts";

export const doingNow = (doing: "planning" | "reading"): TemplateResult =>
  html`<p class="state muted" role="status">${icon("loading", true)}<span>${text(doing)}</span></p>`;
