/** What `gyrus predict --json` and `gyrus interpret --json` print, as far as the editor shows it. */
import { z } from "zod";
import { parseOutput } from "./parseOutput";

/** JSON has no NaN: a metric that is none is null. */
const metrics = z.record(z.string(), z.number().nullable());

const prediction = z.object({
  maps: z.string(),
  group: z.string(),
  /** By code; the first of two is the positive one. */
  classes: z.array(z.string()),
  results: z.array(
    z.object({
      split: z.number(),
      metric: z.string(),
      /** One a network; null without labels. */
      metrics: z.array(metrics).nullable(),
      /** Of the images, for which the parts voted. */
      images: metrics.nullable(),
    }),
  ),
});
const interpretation = z.object({ folders: z.array(z.string()) });

export type PredictionReport = z.infer<typeof prediction>;
export type InterpretationReport = z.infer<typeof interpretation>;

/** Null where the output is something else. */
export const readPrediction = (output: string) => parseOutput(prediction, output);
/** Null where the output is something else. */
export const readInterpretation = (output: string) => parseOutput(interpretation, output);
