import { html, type TemplateResult } from "lit";

/** A word in the place of a value, with its reason: in a tooltip, and for who listens. */
export const explained = (shown: string, why: string): TemplateResult | string =>
  why === ""
    ? shown
    : html`<span class="explained" title=${why}>${shown}<span class="spoken">: ${why}</span></span>`;
