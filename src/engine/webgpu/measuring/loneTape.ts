/** Kernels by themselves, to be timed. */
import { Replay } from "../tape/replay";
import { Tape } from "../tape/tape";

export interface LoneTape {
  /** Runs all kernels and waits until the device is done. */
  run(): Promise<void>;
  readonly replay: Replay;
}

/** @param record kernels on arrays that are passing or the tape's own */
export async function loneTape(device: GPUDevice, record: (tape: Tape) => void): Promise<LoneTape> {
  const tape = new Tape();
  record(tape);
  const replay = await Replay.make(device, tape, {
    plan: () => {},
    ofModel(key) {
      throw new Error(`${key} is of a model, and there is none.`);
    },
  });
  return {
    replay,
    async run() {
      await replay.run();
      await device.queue.onSubmittedWorkDone();
    },
  };
}
