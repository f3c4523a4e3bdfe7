/** The engine that a training has begun on. */
import type { Engine } from "../../engine/engine";
import { onnxruntimeLibrary } from "../../engine/onnx/runtime";
import { TENSORFLOW_PACKAGES } from "../../engine/tensorflow/library/findTensorFlow";
import { webGpuLibrary } from "../../engine/webgpu/device/dawn";
import { readRecords } from "../../maps/units/records";
import { readEngineRecord } from "../../training/run/engineRecord";

export interface RecordedEngine {
  readonly name: Engine["name"];
  /** "CPU", or what the graphics card is called. */
  readonly device: string;
}

const LIBRARIES: Readonly<Record<Engine["name"], readonly string[]>> = {
  onnx: [onnxruntimeLibrary],
  webgpu: [webGpuLibrary],
  tensorflow: TENSORFLOW_PACKAGES,
};

const NAMES: readonly Engine["name"][] = ["onnx", "webgpu", "tensorflow"];

/** The one that trained the MAPS last: a resumption keeps it, whatever the machine would choose now. Null where no record tells one. */
export async function recordedEngine(maps: string): Promise<RecordedEngine | null> {
  const records = (await readRecords(maps)).map(({ record }) => record);
  const newest = records.sort((a, b) => b.started - a.started).find(({ engine }) => engine !== null);
  const recorded = newest?.engine == null ? null : readEngineRecord(newest.engine);
  const name = NAMES.find((each) => LIBRARIES[each].includes(recorded?.library ?? ""));
  return recorded === null || name === undefined ? null : { name, device: recorded.device };
}
