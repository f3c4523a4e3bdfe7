import { METHOD_WORDS } from "../../../src/report/results/resultsWords";
import type { Interval } from "../../../src/statistics/intervals/interval";
import { textOf } from "../text";

const methods = textOf(METHOD_WORDS);
const isMethod = (method: string): method is keyof typeof METHOD_WORDS => method in METHOD_WORDS;

/** How an interval was made, by its name in the field. */
export const methodText = ({ method }: Pick<Interval, "method">): string =>
  isMethod(method) ? methods(method) : method;
