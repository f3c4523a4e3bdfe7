/** What work costs this process, whatever else the machine does: a busy machine makes it late, not dearer. */

/** Processor time in seconds, all threads of this process, of the cheapest of three runs: what is compiled first costs more. */
export async function effort(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1e6);
  }
  return Math.min(...costs);
}

/** For `vi.waitFor`: a limit against hanging only, so long that no busy machine reaches it. */
export const wait = { timeout: 60_000, interval: 10 };
