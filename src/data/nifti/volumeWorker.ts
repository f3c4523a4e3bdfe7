/** A reading worker: its own entry of the build, started by volumeReader.ts. */
import { parentPort, workerData } from "node:worker_threads";
import type { InputSettings } from "../batches/networkInput";
import { readInputs } from "../batches/readInputs";
import type { ReadRequest } from "./volumeMessages";

const port = parentPort;
if (port === null) throw new Error("volumeWorker runs as a worker of the trainer only.");

const settings: InputSettings = workerData;
let last: Promise<unknown> = Promise.resolve();

// One request after the other: their memory, not their time, is what several at once would multiply.
port.on("message", (request: ReadRequest) => {
  last = last.then(async () => {
    const reply = await readInputs(settings, request);
    port.postMessage(reply, reply.kind === "inputs" ? reply.inputs.map((input) => input.buffer) : []);
  });
});
