import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import type { InputSettings } from "../../../../src/data/batches/networkInput";
import { InputError } from "../../../../src/experiment/problems/problem";
import type { SharedVoxels } from "../../../../src/extension/panels/inputs/threadMessages";
import { identityAffine } from "../../../../src/space/affine";
import { temporaryFolder } from "../../../support/folderOfFile";
import { inputsThread } from "../../../support/inputsThread";

const root = temporaryFolder();

/** Computes without end where the image is called so, ends where it is called so, and measures its name and how often it was asked. */
const program = join(root, "thread.mjs");
writeFileSync(
  program,
  `import { parentPort } from "node:worker_threads";
   let asked = 0;
   parentPort.on("message", ({ kind, id, args }) => {
     if (kind !== "request") return;
     asked++;
     if (args[0].file === "endless") {
       args[0].data[0] = 1;
       for (;;);
     }
     if (args[0].file === "ends") throw new Error("no memory");
     parentPort.postMessage({ kind: "answer", id, value: [asked] });
   });`,
);

const settings: InputSettings = {
  imageSize: [2, 1, 1],
  space: { orientation: "stored" },
  cut: { mode: "image" },
  intensity: null,
  reduction: null,
  inputSize: [1, 2, 1, 1],
  augmentation: [],
};

const voxels = (file: string, values: readonly number[] = [0, 1]): SharedVoxels => {
  const data = new Float32Array(new SharedArrayBuffer(values.length * Float32Array.BYTES_PER_ELEMENT));
  data.set(values);
  return { file, size: [values.length, 1, 1], affine: identityAffine, data };
};

const never = new AbortController().signal;

it("stops what is called off in the middle of computing, and goes on with what waits", async () => {
  const thread = inputsThread(program);
  expect(await thread.ask("measure", [voxels("first"), settings], never)).toEqual([1]);
  const controller = new AbortController();
  const endless = voxels("endless");
  const stopped = thread.ask("measure", [endless, settings], controller.signal);
  const next = thread.ask("measure", [voxels("second"), settings], never);
  while (endless.data[0] === 0) await setTimeout(5);
  controller.abort(new Error("another image"));
  await expect(stopped).rejects.toThrow("another image");
  // Of a thread that has begun anew.
  expect(await next).toEqual([1]);
});

it("never begins what is called off while it waits, and keeps its thread", async () => {
  const thread = inputsThread(program);
  const first = thread.ask("measure", [voxels("first"), settings], never);
  const controller = new AbortController();
  const waiting = thread.ask("measure", [voxels("endless"), settings], controller.signal);
  const last = thread.ask("measure", [voxels("last"), settings], never);
  controller.abort(new Error("another seed"));
  await expect(waiting).rejects.toThrow("another seed");
  expect([await first, await last]).toEqual([[1], [2]]);
});

it("says why its thread failed, and begins another", async () => {
  const thread = inputsThread(program);
  const failed = thread.ask("measure", [voxels("ends"), settings], never);
  await expect(failed).rejects.toBeInstanceOf(InputError);
  await expect(failed).rejects.toThrow("No input was made of the image: no memory.");
  expect(await thread.ask("measure", [voxels("next"), settings], never)).toEqual([1]);
});

it("refuses images as a training does", async () => {
  const thread = inputsThread();
  await expect(thread.ask("check", [voxels("a.nii", [7, 7]), settings], never)).rejects.toMatchObject({
    problems: [{ code: "image.constant", file: "a.nii" }],
  });
  await thread.ask("check", [voxels("a.nii"), settings], never);
});
