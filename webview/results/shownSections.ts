import type { Measure } from "../../src/report/results/measures";
import type { Plot } from "../shared/plot/plot";
import type { ShownGroup } from "./messages";
import type { Answering } from "./model/answering";
import { scoredPeople } from "./model/curves";
import { resampledFigures, type ShownFigures, shownFigures } from "./model/figureRows";
import { filterList, listSessions, searchTexts } from "./model/peopleList";
import {
  type Confused,
  confusedOf,
  plotsOf,
  rowsOfPeople,
  type SubgroupFigures,
  subgroupFigures,
  withPrecision,
} from "./model/sections";
import { answeringOf, type ShownAnswers } from "./model/shownAnswers";
import { type ResampledFigures, Resampling } from "./resampling";
import { sectionWords } from "./sectionWords";
import type { ResultsState } from "./state";
import { text } from "./texts";

export interface Numbers {
  readonly answering: Answering;
  /** Whether anybody has a label. */
  readonly labelled: boolean;
  /** Whether the tables hold probabilities. */
  readonly scored: boolean;
  readonly figures: ShownFigures;
  readonly confused: Confused | null;
}

/** What is looked at: which answers, by which class and threshold. */
export interface Looked {
  readonly group: ShownGroup;
  readonly shown: ShownAnswers;
  readonly state: ResultsState;
}

/**
 * What the sections show, computed when one is drawn and kept until the choice is another: the rest of the panel is drawn anew at each
 * key that is pressed in the filter.
 */
export class ShownSections {
  readonly #resampling: Resampling;

  /** @param changed is called when more is known of what is looked at */
  constructor(changed: () => void) {
    this.#resampling = new Resampling(changed);
  }

  readonly numbers = kept((looked: Looked) => [looked.shown, ...choiceOf(looked)], numbersOf);
  readonly #unnotedPlots = kept(
    (looked: Looked) => [looked.shown, ...choiceOf(looked)],
    (looked): readonly Plot[] => {
      const { group, shown } = looked;
      const { answering, figures } = this.numbers(looked);
      const words = sectionWords(group.label ?? text("value"));
      return plotsOf(group, shown.people.people, rowsOfPeople(shown), answering, figures.measures, words);
    },
  );
  readonly #notedPlots = kept(
    ({ plots, measures }: { readonly plots: readonly Plot[]; readonly measures: readonly Measure[] }) => [
      plots,
      measures,
    ],
    ({ plots, measures }) => withPrecision(plots, measures, sectionWords("")),
  );
  readonly subgroups = kept(
    (looked: Looked & { readonly column: string | null }) => [
      looked.shown,
      looked.column,
      ...choiceOf(looked),
    ],
    ({ group, shown, state, column }): readonly SubgroupFigures[] => {
      const answering = answeringOf(group, state);
      return subgroupFigures(group, shown.people.people, rowsOfPeople(shown), answering, column);
    },
  );
  readonly #ranked = kept(
    (looked: Looked) => [looked.shown, ...choiceOf(looked)],
    ({ group, shown, state }) =>
      listSessions(group, shown.packed.rows, shown.sessions, answeringOf(group, state)),
  );
  readonly #texts = kept(
    (group: ShownGroup) => [group],
    ({ rows, classes }) => searchTexts(rows, classes),
  );

  /** The figures, with those intervals that are drawn so far. */
  figures(looked: Looked): ResampledFigures {
    const { figures, answering } = this.numbers(looked);
    const { people } = looked.shown.people;
    return this.#resampling.follow(figures, (measures) =>
      resampledFigures(looked.group, people, answering, measures),
    );
  }

  plots(looked: Looked): readonly Plot[] {
    const { measures } = this.figures(looked);
    return this.#notedPlots({ plots: this.#unnotedPlots(looked), measures });
  }

  /** Draws no more. */
  cancel(): void {
    this.#resampling.cancel();
  }

  /** The sessions that the filter leaves, and how many there are. */
  list(looked: Looked) {
    const { group, state } = looked;
    const all = this.#ranked(looked);
    const listed = filterList(all, this.#texts(group), state.filter, state.onlyWrong);
    return { listed, all: all.length, answering: answeringOf(group, state) };
  }
}

const choiceOf = ({ state }: Looked) => [state.positive, state.threshold];

function numbersOf({ group, shown, state }: Looked): Numbers {
  const { people } = shown.people;
  const answering = answeringOf(group, state);
  const { scores } = scoredPeople(people, { positive: answering.positive ?? 0, threshold: null });
  return {
    answering,
    labelled: people.some(({ truth }) => truth !== null),
    scored: scores.length > 0,
    figures: shownFigures(group, shown, answering),
    confused: confusedOf(group, people, answering, text("others")),
  };
}

/** `compute`, which computes again when one of the values of `keyOf` is another. */
function kept<Asked, Value>(
  keyOf: (asked: Asked) => readonly unknown[],
  compute: (asked: Asked) => Value,
): (asked: Asked) => Value {
  let last: { readonly key: readonly unknown[]; readonly value: Value } | null = null;
  return (asked) => {
    const key = keyOf(asked);
    if (last === null || last.key.some((value, i) => value !== key[i])) last = { key, value: compute(asked) };
    return last.value;
  };
}
