import { css, html, nothing, type TemplateResult } from "lit";
import type { Finding, RunInfo } from "../messages";
import { text } from "../texts";

const SEVERITIES = ["error", "warning", "notice"] as const satisfies readonly Finding["severity"][];

/** What the audit said of the data when the training began, the worst first; nothing where the MAPS does not keep it. */
export function auditCard({ findings }: Pick<RunInfo, "findings">): TemplateResult | typeof nothing {
  if (findings === null) return nothing;
  return html`<section class="card audit" aria-label=${text("audit")}>
    <h2>${text("audit")}</h2>
    ${findings.length === 0 ? html`<p class="muted">${text("auditedClean")}</p>` : SEVERITIES.map((severity) => chapter(severity, findings))}
  </section>`;
}

function chapter(
  severity: Finding["severity"],
  findings: readonly Finding[],
): TemplateResult | typeof nothing {
  const found = findings.filter((one) => one.severity === severity);
  if (found.length === 0) return nothing;
  const title = text(`${severity}Findings`, found.length);
  return html`<h3>${title}</h3>
    <ul aria-label=${title}>
      ${found.map(({ words }) => html`<li>${words}</li>`)}
    </ul>`;
}

export const auditCardStyles = css`
  /* Over the whole width: its sentences are long. */
  .audit {
    grid-column: 1 / -1;
  }
  .audit h3 {
    margin: 10px 0 4px;
    color: var(--muted);
    font-size: 11px;
    font-weight: 600;
  }
  .audit p,
  .audit ul {
    margin: 0;
  }
  .audit ul {
    padding-inline-start: 18px;
  }
  .audit li {
    margin-block-end: 4px;
    max-inline-size: 90ch;
    overflow-wrap: anywhere;
  }
`;
