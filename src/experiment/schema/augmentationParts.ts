/** What the options of all transforms of `augmentation` are made of. */
import { z } from "zod";

/** How often a transform is applied, for every kind. */
export const occurrence = {
  probability: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      "How often: from 0 to 1. Default: 1, of a flip 0.5. Inside `one_of`: how often this one, against 1 for one without it.",
    ),
};

/** Lowest and highest value of a draw. @param text what is drawn, with its unit */
export const drawnFrom = (low: number, high: number, text: string) =>
  z
    .tuple([z.number(), z.number()])
    .default([low, high])
    .describe(`Lowest and highest ${text}, between which is drawn.`);

/** As `drawnFrom`, of values that cannot be below 0. */
export const drawnFromZero = (low: number, high: number, text: string) =>
  z
    .tuple([z.number().nonnegative(), z.number().nonnegative()])
    .default([low, high])
    .describe(`Lowest and highest ${text}, between which is drawn.`);
