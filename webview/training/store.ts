/** What the panel knows: the run and its tracks, kept up to date by the messages of the editor. */

import { unpackEvents } from "../../src/run/eventBlock";
import { fromJson } from "../../src/run/jsonNumber";
import { type EvaluationRow, Track } from "../../src/run/track";
import type { PartsMap, RunInfo, ToTraining, TrackId, TrackInfo } from "./messages";
import type { NamedTrack } from "./model/figures";

export class TrainingStore {
  run: RunInfo | null = null;
  /** Null until they are known, and where nothing tells. */
  parts: PartsMap | null = null;
  readonly #tracks = new Map<TrackId, Track>();

  /**
   * Takes a message. The answer is a track whose events do not follow on what is known: some were lost, and the editor must
   * send them again.
   */
  receive(
    message: Exclude<ToTraining, { kind: "welcome" | "answer" | "failure" }>,
  ): { readonly missing: TrackId; readonly next: number } | null {
    switch (message.kind) {
      case "run":
        this.run = message.run;
        return null;
      case "events": {
        const track = this.track(message.track);
        if (message.block.from > track.nextSeq) return { missing: message.track, next: track.nextSeq };
        track.apply(unpackEvents(message.block));
        return null;
      }
      case "table": {
        const track = new Track();
        const { selectionMetrics = ["loss"], patience = 0, tolerance = 0, tracks = [] } = this.run ?? {};
        track.applyTable(
          fromJson<EvaluationRow[]>(message.rows),
          { selectionMetrics, patience, tolerance },
          tracks.find(({ id }) => id === message.track)?.reached,
        );
        this.#tracks.set(message.track, track);
        return null;
      }
      case "parts":
        this.parts = message.parts;
        return null;
      case "restart":
        this.#tracks.delete(message.track);
        return null;
    }
  }

  track(id: TrackId): Track {
    const known = this.#tracks.get(id);
    if (known !== undefined) return known;
    const track = new Track();
    this.#tracks.set(id, track);
    return track;
  }

  /** The next event that is waited for, by track: where the editor must go on. */
  get known(): Readonly<Record<TrackId, number>> {
    return Object.fromEntries([...this.#tracks].map(([id, { nextSeq }]) => [id, nextSeq]));
  }

  /** Tracks in the order of the MAPS. */
  named(label: (track: TrackInfo) => string): readonly NamedTrack[] {
    return (this.run?.tracks ?? []).map((info, place) => ({
      id: info.id,
      label: label(info),
      track: this.track(info.id),
      place,
    }));
  }
}
