import { css, html, nothing, type TemplateResult } from "lit";
import { goesOn, isLive, type RunState } from "../../../src/run/state";
import { icon } from "../../shared/icon";
import { formatMoment } from "../../shared/numbers";
import { properties } from "../../shared/properties";
import { stateWord } from "../../shared/stateWord";
import type { ClusterJob, ClusterPrediction, FromTraining, JobAction, RunInfo } from "../messages";
import { text } from "../texts";
import { STATUS_ICONS, STATUS_TONES } from "./stateLooks";

type Asked = Extract<FromTraining, { kind: "job" | "prediction" }>;

/** What the jobs of a run on a cluster do: wait, run where and since when, were started again, ended for which reason. */
export function clusterCard(
  { cluster, predictions, tracks }: Pick<RunInfo, "cluster" | "predictions" | "tracks">,
  label: (track: RunInfo["tracks"][number]) => string,
  ask: (asked: Asked) => void,
): TemplateResult | typeof nothing {
  const isDone = cluster === null || cluster.every(({ status }) => status === "finished");
  const jobs = isDone ? [] : cluster;
  if (jobs.length === 0 && predictions.length === 0) return nothing;
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
          ${jobs.map((unit) => row(ofJob(unit, nameOf(unit.track), ask)))}
          ${predictions.map((prediction) => row(ofPrediction(prediction, ask)))}
        </tbody>
      </table>
    </div>
  </section>`;
}

interface Row {
  readonly name: string;
  readonly status: RunState;
  /** What else is to be said of its state. */
  readonly more: readonly string[];
  readonly node: string | null;
  readonly since: number | null;
  readonly requeued: number;
  readonly buttons: readonly { readonly action: JobAction; readonly words: string; press(): void }[];
}

function ofJob(unit: ClusterJob, name: string, ask: (asked: Asked) => void): Row {
  const { track, status, reason, node, since, requeued, hasLog } = unit;
  // Without the first or the last job the others would be for nothing: they are taken away together.
  const isUnit = track !== "check" && track !== "join";
  const button = (action: JobAction, words: string) => ({
    ...{ action, words },
    press: () => ask({ kind: "job", track, action }),
  });
  return {
    ...{ name, status, node, since, requeued },
    more: reason === null ? [] : [reason],
    buttons: [
      ...(hasLog ? [button("openLog", text("openJobLog", name))] : []),
      ...(isUnit && goesOn(status) ? [button("cancel", text("cancelJob", name))] : []),
    ],
  };
}

/** One row for all parts: there may be hundreds. */
function ofPrediction(prediction: ClusterPrediction, ask: (asked: Asked) => void): Row {
  const { group, status, done, parts, failed, reasons, nodes, since, hasLog } = prediction;
  const button = (action: JobAction, words: string) => ({
    ...{ action, words },
    press: () => ask({ kind: "prediction", group, action }),
  });
  const counts = [text("partsDone", done, parts), ...(failed === 0 ? [] : [text("partsFailed", failed)])];
  return {
    ...{ name: text("predictionOf", group), status, since, requeued: 0 },
    more: [...counts, ...reasons],
    node: nodes.length === 0 ? null : nodes.join(", "),
    buttons: [
      ...(hasLog ? [button("openLog", text("openPredictionLog", group))] : []),
      ...(goesOn(status) ? [button("cancel", text("cancelPrediction", group))] : []),
    ],
  };
}

function row({ name, status, more, node, since, requeued, buttons }: Row): TemplateResult {
  const cell = (asked: JobAction) => {
    const found = buttons.find(({ action }) => action === asked);
    if (found === undefined) return nothing;
    const { words, press } = found;
    return html`<button class="tool" title=${words} aria-label=${words} @click=${press}>
      ${icon(asked === "openLog" ? "output" : "close")}
    </button>`;
  };
  return html`<tr>
    <th scope="row">${name}</th>
    <td>
      <span class="job-state" ${properties({ "--tone": STATUS_TONES[status] })}>
        ${icon(STATUS_ICONS[status], status === "running")}${stateWord(status)}
      </span>
      ${more.length === 0 ? nothing : html`<span class="muted">${more.join(" · ")}</span>`}
    </td>
    <td>${isLive(status) ? (node ?? "–") : "–"}</td>
    <td>${since === null ? "–" : formatMoment(since)}</td>
    <td class="end">${requeued === 0 ? "–" : requeued}</td>
    <td class="tools">${cell("openLog")}</td>
    <td class="tools">${cell("cancel")}</td>
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
