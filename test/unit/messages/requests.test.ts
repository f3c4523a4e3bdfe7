import { describe, expect, it, vi } from "vitest";
import { type Answerers, Answers, type AnswersOptions, Transferred } from "../../../src/messages/answers";
import type { Answer, Cancel, ErrorCodec, Request } from "../../../src/messages/contract";
import { Requests } from "../../../src/messages/requests";

interface Calculator {
  add(a: number, b: number): number;
  wait(name: string): Promise<string>;
  fill(count: number): Promise<Float32Array>;
}

class OddError extends Error {}
const errors: ErrorCodec<{ readonly odd: boolean; readonly message: string }> = {
  write: (error) => ({
    odd: error instanceof OddError,
    message: error instanceof Error ? error.message : String(error),
  }),
  read: ({ odd, message }) => (odd ? new OddError(message) : new Error(message)),
};

/** Both sides, with messages that are cloned on their way as a worker's are. */
function connect(over: Partial<Answerers<Calculator>> = {}, options: AnswersOptions = {}) {
  const sent: (Request<Calculator> | Cancel)[] = [];
  const released = new Map<string, () => void>();
  const began: string[] = [];
  const answers = new Answers<Calculator, { odd: boolean; message: string }>(
    {
      add: ([a, b]) => {
        if (a === 13) throw new OddError("thirteen");
        return a + b;
      },
      wait: ([name]) => {
        began.push(name);
        return new Promise((resolve) => released.set(name, () => resolve(`${name} done`)));
      },
      fill: async ([count]) => {
        const filled = new Float32Array(count).fill(7);
        return new Transferred(filled, [filled.buffer]);
      },
      ...over,
    },
    (answer: Answer<{ odd: boolean; message: string }>, transfer) => {
      const copy = structuredClone(answer, { transfer: [...transfer] });
      queueMicrotask(() => requests.take(copy));
    },
    errors,
    options,
  );
  const requests = new Requests<Calculator, { odd: boolean; message: string }>((message, transfer) => {
    sent.push(message);
    void answers.take(structuredClone(message, { transfer: [...transfer] }));
  }, errors);
  return { requests, answers, sent, began, release: (name: string) => released.get(name)?.() };
}

describe("requests and answers", () => {
  it("bring back what each method gives, however many are under way", async () => {
    const { requests } = connect();
    const sums = [1, 2, 3].map((a) => requests.ask("add", [a, 10]));
    expect(requests.pending).toBe(3);
    expect(await Promise.all(sums)).toEqual([11, 12, 13]);
    expect(requests.pending).toBe(0);
  });

  it("are sent at once, not when somebody waits", () => {
    const { requests, sent } = connect();
    void requests.ask("add", [1, 1]);
    expect(sent).toEqual([{ kind: "request", id: 1, name: "add", args: [1, 1] }]);
  });

  it("carry an error as the one that it was", async () => {
    const { requests } = connect({ fill: () => Promise.reject(new Error("no memory")) });
    await expect(requests.ask("add", [13, 0])).rejects.toThrow(OddError);
    const plain = requests.ask("fill", [3]);
    await expect(plain).rejects.toThrow("no memory");
    await expect(plain).rejects.not.toBeInstanceOf(OddError);
  });

  it("hand memory over instead of copying it", async () => {
    const posted: unknown[] = [];
    const answers = new Answers<Pick<Calculator, "fill">, string>(
      { fill: ([count]) => new Transferred(new Float32Array(count), [new ArrayBuffer(count)]) },
      (_, transfer) => posted.push(transfer.map(({ byteLength }) => byteLength)),
      { write: String },
    );
    await answers.take({ kind: "request", id: 1, name: "fill", args: [12] });
    expect(posted).toEqual([[12]]);
    expect(await connect().requests.ask("fill", [3])).toEqual(Float32Array.of(7, 7, 7));
  });

  it("begin in turn where the other side does one thing at a time", async () => {
    const all = connect();
    void all.requests.ask("wait", ["a"]);
    void all.requests.ask("wait", ["b"]);
    expect(all.began).toEqual(["a", "b"]);

    const inTurn = connect({}, { inTurn: true });
    const [a, b] = ["a", "b"].map((name) => inTurn.requests.ask("wait", [name]));
    await vi.waitFor(() => expect(inTurn.began).toEqual(["a"]));
    inTurn.release("a");
    expect(await a).toBe("a done");
    await vi.waitFor(() => expect(inTurn.began).toEqual(["a", "b"]));
    inTurn.release("b");
    expect(await b).toBe("b done");
  });
});

describe("a request that is called off", () => {
  it("fails with the reason, and tells the other side, whose answer is not sent", async () => {
    const stopped = vi.fn();
    const answered = vi.fn();
    const { requests, sent } = connect({
      wait: async ([name], signal) => {
        signal.addEventListener("abort", stopped);
        await new Promise((resolve) => setTimeout(resolve, 5));
        answered();
        return name;
      },
    });
    const controller = new AbortController();
    const asked = requests.ask("wait", ["a"], { signal: controller.signal });
    const take = vi.spyOn(requests, "take");
    controller.abort(new Error("the user went on"));
    await expect(asked).rejects.toThrow("the user went on");
    expect(sent.at(-1)).toEqual({ kind: "cancel", id: 1 });
    await vi.waitFor(() => expect(answered).toHaveBeenCalled());
    expect(stopped).toHaveBeenCalledTimes(1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(take).not.toHaveBeenCalled();
  });

  it("never begins when it was called off while it waited for its turn, or before it was asked", async () => {
    const { requests, began, release, sent } = connect({}, { inTurn: true });
    const first = requests.ask("wait", ["a"]);
    const controller = new AbortController();
    const second = requests.ask("wait", ["b"], { signal: controller.signal });
    controller.abort();
    await expect(second).rejects.toThrow();
    await vi.waitFor(() => expect(began).toEqual(["a"]));
    release("a");
    await first;
    const third = requests.ask("wait", ["c"]);
    await vi.waitFor(() => expect(began).toEqual(["a", "c"]));
    release("c");
    await third;
    const before = sent.length;
    await expect(requests.ask("add", [1, 1], { signal: controller.signal })).rejects.toThrow();
    expect(sent.length).toBe(before);
  });
});

it("what waits fails when the other side is gone, and so does what is asked afterwards", async () => {
  const { requests } = connect();
  const waiting = requests.ask("wait", ["a"]);
  requests.end(new OddError("gone"));
  requests.end(new Error("said too late"));
  await expect(waiting).rejects.toThrow("gone");
  await expect(requests.ask("add", [1, 1])).rejects.toThrow(OddError);
  expect(requests.pending).toBe(0);
});
