/** The kernels of a device, compiled when they are first needed. */
import type { Kernel } from "../kernel/kernel";
import { checked } from "./checked";

const compiled = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** @throws Error that names the kernel and the line of its body that is wrong */
export function pipelineOf(device: GPUDevice, kernel: Kernel): Promise<GPUComputePipeline> {
  const known = compiled.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  compiled.set(device, known);
  const pipeline = known.get(kernel.code) ?? compile(device, kernel);
  known.set(kernel.code, pipeline);
  pipeline.catch(() => known.delete(kernel.code));
  return pipeline;
}

async function compile(device: GPUDevice, { name, code, linesBefore }: Kernel): Promise<GPUComputePipeline> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label: name, code });
  const [information] = await Promise.all([module.getCompilationInfo(), device.popErrorScope()]);
  const wrong = information.messages.filter(({ type }) => type === "error");
  if (wrong.length > 0) {
    const lines = code.split("\n");
    throw new Error(
      wrong
        .map(
          ({ message, lineNum }) =>
            `${name}, line ${lineNum - linesBefore} of the body: ${message.split("\n")[0]}\n    ${lines[lineNum - 1]?.trim()}`,
        )
        .join("\n"),
    );
  }
  return checked(device, () =>
    device.createComputePipelineAsync({
      label: name,
      layout: "auto",
      compute: { module, entryPoint: "main" },
    }),
  );
}
