/**
 * Intervals by drawing people again take seconds where there are thousands: they are computed in short slices between which the panel
 * answers, and given up as soon as something else is looked at.
 */
import type { Measure } from "../../src/report/results/measures";
import { isResampled } from "../../src/report/results/resampled";
import type { Steps } from "../../src/statistics/steps";
import type { ShownFigures } from "./model/figureRows";

/** Milliseconds: a slider that is moved begins nothing until it rests, and a slice is shorter than a reader notices. */
const REST = 150;
const SLICE = 20;

/** Of a hundred: how far it must have come since it was shown. */
const SHOWN_STEP = 10;

export interface ResampledFigures extends ShownFigures {
  /** How far the drawing has come, in percent; null where it has ended or there is nothing to draw. */
  readonly drawing: number | null;
}

export class Resampling {
  readonly #changed: () => void;
  #shown: { readonly of: ShownFigures; readonly figures: ResampledFigures } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed is called when there is more to show */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The figures with what is known of their intervals; what is not is begun, instead of what was asked for before. */
  follow(of: ShownFigures, begin: (measures: readonly Measure[]) => Steps<readonly Measure[]>) {
    if (this.#shown?.of === of) return this.#shown.figures;
    this.cancel();
    const isNeeded = of.measures.some(isResampled);
    this.#shown = { of, figures: { ...of, drawing: isNeeded ? 0 : null } };
    if (isNeeded) this.#timer = setTimeout(() => this.#slice(of, begin(of.measures)), REST);
    return this.#shown.figures;
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#shown = null;
  }

  #slice(of: ShownFigures, steps: Steps<readonly Measure[]>): void {
    const end = performance.now() + SLICE;
    let step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    if (step.done) {
      this.#show(of, { ...of, measures: step.value, drawing: null });
      return;
    }
    const percent = Math.floor((step.value * 100) / SHOWN_STEP) * SHOWN_STEP;
    if (percent > (this.#shown?.figures.drawing ?? 0)) this.#show(of, { ...of, drawing: percent });
    this.#timer = setTimeout(() => this.#slice(of, steps));
  }

  #show(of: ShownFigures, figures: ResampledFigures): void {
    this.#shown = { of, figures };
    this.#changed();
  }
}
