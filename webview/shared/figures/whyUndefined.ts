import { sentenceText } from "../../../src/network/sentence";
import { type UndefinedReason, undefinedReasons } from "../../../src/run/undefinedReasons";
import type { MeasuredColumns } from "../../../src/statistics/metrics/unmetNeeds";
import { inReadersLanguage } from "../text";

/** Why `column` has no value: "no image of AD". */
export const whyUndefined = (column: string, measured: MeasuredColumns, classes: readonly string[]): string =>
  reasonsText(undefinedReasons([column], measured, classes));

export const reasonsText = (reasons: readonly UndefinedReason[]): string =>
  reasons
    .map(({ template, values: { 0: name } }) => {
      const values = [typeof name === "string" ? name : { template: name.template, values: [] }];
      return sentenceText({ template, values }, inReadersLanguage);
    })
    .join(", ");
