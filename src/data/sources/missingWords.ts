/** What is said of images that were not found: of those of a CAPS, which a pipeline makes, and of any others. */
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import type { Phrase } from "../../experiment/problems/words";
import type { ImageSource } from "./imageSource";

interface Place {
  readonly file: string;
  readonly where?: string;
}

/** Two sessions, as the tables and the folders call them. */
interface Examples {
  readonly sessions: number;
  readonly here: string;
  readonly there: string;
}

export interface MissingWords {
  /** None of the sessions has an image of that pattern. */
  none(sessions: number, pattern: string): Problem;
  one(place: Place, session: string, pattern: string, tables: number): Problem;
  /** No id of the tables is there. */
  noneMeet(place: Place, examples: Examples): Problem;
  strangers(place: Place, count: number, sessions: number, names: readonly string[]): Problem;
  misspelt(
    place: Place,
    told: Examples & { count: number; difference: readonly Phrase[]; names: readonly string[] },
  ): Problem;
}

export function missingWords(
  source: ImageSource,
  pipeline: string,
  examples: readonly string[],
): MissingWords {
  const { place: caps } = source;
  switch (source.key) {
    case "caps_directory":
      return {
        none: (sessions, pattern) =>
          problem("images.none", { file: caps, where: "preprocessing_dict" }, { sessions, pattern }),
        one: (place, session, pattern, tables) => {
          const values = { session, pattern, caps, pipeline };
          return tables === 1
            ? problem("image.missing", place, values)
            : problem("image.missing-in-tables", place, { ...values, tables });
        },
        noneMeet: (place, told) => problem("ids.none-in-caps", place, { ...told, caps }),
        strangers: (place, count, sessions, names) =>
          problem("ids.no-folder", place, { count, sessions, caps, names, pipeline }),
        misspelt: (place, told) => problem("ids.not-in-caps", place, { ...told, caps }),
      };
    case "images":
      return {
        none: (sessions, pattern) =>
          problem(
            "images.none-there",
            { file: caps, where: "images" },
            { sessions, pattern, place: caps, examples },
          ),
        one: (place, session, pattern) =>
          problem("image.not-there", place, { session, pattern, place: caps, examples }),
        noneMeet: (place, told) => problem("ids.none-in-images", place, { ...told, place: caps }),
        strangers: (place, count, sessions, names) =>
          problem("ids.no-image", place, { count, sessions, place: caps, names }),
        misspelt: (place, told) => problem("ids.not-in-images", place, { ...told, place: caps }),
      };
  }
}
