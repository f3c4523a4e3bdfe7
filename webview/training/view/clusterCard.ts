import { css, html, nothing, type TemplateResult } from "lit";
import { goesOn, isLive } from "../../../src/run/state";
import { icon } from "../../shared/icon";
import { formatMoment } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { stateWord } from "../../shared/stateWord";
import type { ClusterJob, JobAction, RunInfo } from "../messages";
import { text } from "../texts";
import { STATUS_ICONS, STATUS_TONES } from "./stateLooks";

/** What each job of a run on a cluster does: waits, runs where and since when, was started again, ended for which reason. */
export function clusterCard(
  { cluster, tracks }: Pick<RunInfo, "cluster" | "tracks">,
  label: (track: RunInfo["tracks"][number]) => string,
  act: (track: ClusterJob["track"], action: JobAction) => void,
): TemplateResult | typeof nothing {
  if (cluster === null || cluster.every(({ status }) => status === "finished")) return nothing;
  const nameOf = (id: ClusterJob["track"]) => {
    if (id === "check" || id === "join") return text(id === "check" ? "checkJob" : "joinJob");
    const track = tracks.find((one) => one.id === id);
    return track === undefined ? id : label(track);
  };
  return html`<section class="card cluster" aria-label=${text("onCluster")}>
    <h2>${text("onCluster")}</h2>
    <div class="scroll" tabindex="0" role="group" aria-label=${text("onCluster")}>
      <table>
        <thead>
          <tr>
            <th scope="col">${text("job")}</th>
            <th scope="col">${text("state")}</th>
            <th scope="col">${text("node")}</th>
            <th scope="col">${text("since")}</th>
            <th scope="col" class="end">${text("requeued")}</th>
            <th scope="col" colspan="2"><span class="spoken">${text("jobActions")}</span></th>
          </tr>
        </thead>
        <tbody>
          ${cluster.map((unit) => jobRow(unit, nameOf(unit.track), act))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function jobRow(
  unit: ClusterJob,
  name: string,
  act: (track: ClusterJob["track"], action: JobAction) => void,
): TemplateResult {
  const { track, status, reason, node, since, requeued, hasLog } = unit;
  // Without the first or the last job the others would be for nothing: they are taken away together.
  const isUnit = track !== "check" && track !== "join";
  const button = (action: JobAction) => {
    const said = text(action === "openLog" ? "openJobLog" : "cancelJob", name);
    return html`<button class="tool" title=${said} aria-label=${said} @click=${() => act(track, action)}>
      ${icon(action === "openLog" ? "output" : "close")}
    </button>`;
  };
  return html`<tr>
    <th scope="row">${name}</th>
    <td>
      <span class="job-state" ${properties({ "--tone": STATUS_TONES[status] })}>
        ${icon(STATUS_ICONS[status], status === "running")}${stateWord(status)}
      </span>
      ${reason === null ? nothing : html`<span class="muted">${reason}</span>`}
    </td>
    <td>${isLive(status) ? (node ?? "–") : "–"}</td>
    <td>${since === null ? "–" : formatMoment(since)}</td>
    <td class="end">${requeued === 0 ? "–" : requeued}</td>
    <td class="tools">${hasLog ? button("openLog") : nothing}</td>
    <td class="tools">${isUnit && goesOn(status) ? button("cancel") : nothing}</td>
  </tr>`;
}

export const clusterCardStyles = css`
  .cluster th,
  .cluster td {
    block-size: 26px;
    padding-inline-end: 18px;
  }
  .cluster .tools {
    padding: 0;
  }
  .cluster .job-state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .cluster .job-state,
  .cluster .job-state + .muted {
    margin-inline-end: 6px;
    vertical-align: middle;
  }
  .cluster .job-state .icon {
    color: var(--tone);
  }
`;
