/** Which volume of a series is seen. */
import { css, html, type TemplateResult } from "lit";
import { numberField } from "../shared/numberField";
import { text } from "./texts";

/** @param volume from 0; @param choose is told which is wanted, from 0 */
export const volumeCard = (
  volumes: number,
  volume: number,
  choose: (volume: number) => void,
): TemplateResult =>
  html`<section class="card volumes" aria-label=${text("volume")}>
    <h2>${text("volume")}</h2>
    <div class="row">
      <input
        type="range"
        min="1"
        max=${volumes}
        aria-label=${text("volumeNumber")}
        aria-valuetext=${text("volumeOf", volume + 1, volumes)}
        .value=${String(volume + 1)}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) choose(event.target.valueAsNumber - 1);
        }}
      />
      ${numberField({ label: text("volumeNumber"), value: volume + 1, min: 1, max: volumes }, (typed) =>
        choose(Math.round(typed) - 1),
      )}
      <span class="muted numeric">/ ${volumes}</span>
    </div>
  </section>`;

export const volumeCardStyles = css`
  .volumes .row {
    display: grid;
    grid-template-columns: 1fr 56px auto;
    align-items: center;
    gap: 8px;
  }
`;
