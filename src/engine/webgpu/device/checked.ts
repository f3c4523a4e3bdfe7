/**
 * A device tells its errors later and elsewhere; what was asked of it gives zeros in the meantime. So all work on it stands within scopes
 * that catch its errors, and throws them.
 */

/** What a device said when asked for more than it has. */
export class DeviceMemoryError extends Error {
  override readonly name = "DeviceMemoryError";
}

const SCOPES = ["validation", "out-of-memory", "internal"] as const;

/**
 * What `work` gives, once the device has said that nothing went wrong. The scopes hold what `work` does before it first waits.
 * @throws DeviceMemoryError, or Error with what the device said
 */
export async function checked<Result>(
  device: GPUDevice,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  for (const scope of SCOPES) device.pushErrorScope(scope);
  let result: Result | Promise<Result>;
  const told: Promise<GPUError | null>[] = [];
  try {
    result = work();
  } finally {
    for (const _ of SCOPES) told.push(device.popErrorScope());
  }
  const [internal, memory, validation] = await Promise.all(told);
  if (memory) throw new DeviceMemoryError(memory.message);
  const wrong = validation ?? internal;
  if (wrong) throw new Error(wrong.message);
  return result;
}
