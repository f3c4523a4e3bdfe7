import type { Page } from "playwright-core";

/**
 * Milliseconds that the thread of the page has worked so far. Time of the processor, not of the clock: other programs of the
 * machine do not count.
 */
export async function pageWork(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
}
