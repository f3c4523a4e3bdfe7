/** A reading worker: its own entry of the build, started by volumeReader.ts. */
import { workerData } from "node:worker_threads";
import { answerInThread } from "../../messages/answerInThread";
import { Transferred } from "../../messages/answers";
import type { InputSettings } from "../batches/networkInput";
import { readInputs } from "../batches/readInputs";
import { type ReadFailure, type ReadingMethods, readErrors } from "./volumeMessages";

const settings: InputSettings = workerData;

// One request after the other: their memory, not their time, is what several at once would multiply.
answerInThread<ReadingMethods, ReadFailure>(
  {
    read: async ([request]) => {
      const read = await readInputs(settings, request);
      return new Transferred(
        read,
        read.inputs.map((input) => input.buffer),
      );
    },
  },
  readErrors,
  { inTurn: true },
);
