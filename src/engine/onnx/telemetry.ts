/**
 * The published onnxruntime sends what it does to its maker as soon as it is loaded on Linux and macOS, and keeps a number of the machine
 * in the user's cache folder for that. Medical data is worked on here: nothing is sent.
 */

/**
 * To be called on the main thread before the library is loaded on any thread: it asks the environment of the process, and of that a worker
 * thread can change its own copy only. Children inherit it.
 */
export function refuseTelemetry(environment: NodeJS.ProcessEnv = process.env): void {
  environment.ORT_DISABLE_TELEMETRY = "1";
}
