import { expect, it } from "vitest";
import { SharedWork } from "../../../src/messages/sharedWork";

/** Work that ends when it is told to. */
function work() {
  const signals: AbortSignal[] = [];
  let resolve = (_result: string): void => {};
  let reject = (_error: unknown): void => {};
  const shared = new SharedWork((signal) => {
    signals.push(signal);
    signal.addEventListener("abort", () => reject(signal.reason));
    return new Promise<string>((done, failed) => {
      resolve = done;
      reject = failed;
    });
  });
  return {
    shared,
    signals,
    resolve: (result: string) => resolve(result),
    reject: (error: unknown) => reject(error),
  };
}

it("is begun once, and gives all who wait its result", async () => {
  const { shared, resolve, signals } = work();
  const waiting = [1, 2].map(() => shared.wait(new AbortController().signal));
  resolve("done");
  expect(await Promise.all(waiting)).toEqual(["done", "done"]);
  expect(await shared.wait(new AbortController().signal)).toBe("done");
  expect(signals).toHaveLength(1);
});

it("goes on while somebody waits, and is called off when the last one leaves", async () => {
  const { shared } = work();
  const [one, two] = [new AbortController(), new AbortController()];
  const [first, second] = [shared.wait(one.signal), shared.wait(two.signal)];
  one.abort(new Error("first left"));
  expect(shared.isCalledOff).toBe(false);
  two.abort(new Error("second left"));
  expect(shared.isCalledOff).toBe(true);
  await expect(first).rejects.toThrow();
  await expect(second).rejects.toThrow("second left");
});

it("keeps its result when those who waited leave afterwards", async () => {
  const { shared, resolve } = work();
  const controller = new AbortController();
  const waiting = shared.wait(controller.signal);
  resolve("done");
  await waiting;
  controller.abort();
  expect(shared.isCalledOff).toBe(false);
  await expect(shared.wait(controller.signal)).rejects.toThrow();
  expect(await shared.wait(new AbortController().signal)).toBe("done");
});

it("throws what the work throws, and nothing where nobody waits", async () => {
  const { shared, reject } = work();
  reject(new Error("unreadable"));
  await expect(shared.wait(new AbortController().signal)).rejects.toThrow("unreadable");
});
