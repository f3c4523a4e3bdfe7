/** The WebGPU engine of the tests: on a software card, which all tests of a file share. */
import type { Engine } from "../../src/engine/engine";
import type { OpenDevice } from "../../src/engine/webgpu/device/openDevice";
import type { Form } from "../../src/engine/webgpu/pass";
import { createWebGpuEngine } from "../../src/engine/webgpu/webGpuEngine";
import { openSoftwareDevice } from "./webGpu";

let opened: Promise<OpenDevice> | undefined;

export function softwareDevice(): Promise<OpenDevice> {
  opened ??= openSoftwareDevice();
  return opened;
}

/** @param form of the kernels; default: as users have them */
export async function createSoftwareEngine(form: Form = "fast"): Promise<Engine> {
  return createWebGpuEngine(await softwareDevice(), form);
}
