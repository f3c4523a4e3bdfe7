import type { Page } from "playwright-core";
import { z } from "zod";

const traceSchema = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      tdur: z.number().optional(),
      args: z.looseObject({ name: z.string().optional() }).optional(),
    }),
  ),
});

/** Milliseconds that sorting the numbers of `slowness` takes where nothing else runs. */
const NOMINAL = 100;

/**
 * Milliseconds of processor time that the longest task of the page's thread took while `act` was done: not of the clock, so that a busy
 * machine does not make it longer.
 */
export async function longestTask(page: Page, act: () => Promise<void>): Promise<number> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ["toplevel"] });
  await act();
  const trace = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString()));
  const mainThreads = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = trace.traceEvents.filter(
    ({ name, pid, tid, tdur }) =>
      name.endsWith("RunTask") && tdur !== undefined && mainThreads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error("The browser told of no task.");
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}

/**
 * How many times slower this machine is, at this moment, than one that sorts the same numbers in `NOMINAL`: programs that share a core
 * take more processor time too. 1 where it is quicker.
 */
export async function slowness(page: Page): Promise<number> {
  const costs: number[] = [];
  for (let run = 0; run < 7; run++)
    costs.push(
      await longestTask(page, async () => {
        await page.evaluate(() => {
          const numbers = Array.from({ length: 200_000 }, (_, place) => Math.sin(place));
          return numbers.sort((one, other) => one - other)[0];
        });
      }),
    );
  // Of the dearer runs: what is compared with it is one run as well.
  return Math.max(1, costs.toSorted((one, other) => one - other)[5]! / NOMINAL);
}
