/** What a training holds on a device. */
import type { OpenDevice } from "../device/openDevice";

export interface CountedDevice {
  readonly open: OpenDevice;
  /** Bytes of the arrays that were made on it and not given back. */
  readonly bytes: () => number;
  /** The most that there were at a time. */
  readonly peak: () => number;
}

/** The same device, whose arrays are counted. */
export function counted(open: OpenDevice): CountedDevice {
  let [bytes, peak] = [0, 0];
  const device = new Proxy(open.device, {
    get(target, name) {
      if (name === "createBuffer") {
        return (descriptor: GPUBufferDescriptor) => {
          const buffer = target.createBuffer(descriptor);
          let alive = true;
          bytes += descriptor.size;
          peak = Math.max(peak, bytes);
          const destroy = buffer.destroy.bind(buffer);
          buffer.destroy = () => {
            if (alive) bytes -= descriptor.size;
            alive = false;
            return destroy();
          };
          return buffer;
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { open: { ...open, device }, bytes: () => bytes, peak: () => peak };
}
