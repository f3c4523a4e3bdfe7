import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineError } from "../../../../../src/engine/engine";
import { batchThatFits, DeviceWatch } from "../../../../../src/engine/webgpu/device/deviceFailures";
import type { OpenDevice } from "../../../../../src/engine/webgpu/device/openDevice";
import { hasSoftwareCard, openSoftwareDevice } from "../../../../support/webGpu";

const GIB = 2 ** 30;

describe("batchThatFits", () => {
  it.each([
    [{ batchSize: 8, largestArray: 2 * GIB, bytes: 0 }, 4],
    [{ batchSize: 8, largestArray: 2 * GIB + 64, bytes: 0 }, 3],
    [{ batchSize: 2, largestArray: 3 * GIB, bytes: 0 }, 0],
    [{ batchSize: 8, largestArray: GIB, bytes: 0 }, 4],
    [{ batchSize: 1, largestArray: 0, bytes: 0 }, 0],
  ])("of %o within a gibibyte an array is %i", (work, fits) => {
    expect(batchThatFits(work, GIB)).toBe(fits);
  });
});

describe.skipIf(!hasSoftwareCard)("DeviceWatch", () => {
  let open: OpenDevice;
  let watch: DeviceWatch;
  beforeAll(async () => {
    open = await openSoftwareDevice();
    watch = new DeviceWatch(open);
  });
  afterAll(() => open.device.destroy());

  /** What the device says of an array of so many bytes. */
  async function refusalOf(size: number): Promise<Error> {
    const { device } = open;
    device.pushErrorScope("out-of-memory");
    device.pushErrorScope("validation");
    device.createBuffer({ size, usage: GPUBufferUsage.STORAGE });
    const told = [await device.popErrorScope(), await device.popErrorScope()].find((error) => error !== null);
    return new Error(told?.message ?? "nothing was wrong");
  }

  it("names the batch that fits where an array is larger than the card takes", async () => {
    const work = { batchSize: 8, largestArray: 2 * GIB, bytes: 5e9 };
    const error = watch.explain(await refusalOf(2 * GIB), work);
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toMatch(
      /not enough memory on SwiftShader.* for a batch of 8 \(it needs 5\.0 GB\): one of 4 fits\. Set `batch_size` to 4.*--engine onnx/,
    );
  });

  it("proposes half the batch where the memory is full", async () => {
    const error = watch.explain(await refusalOf(GIB), { batchSize: 8, largestArray: GIB / 8, bytes: 0 });
    expect(error.message).toMatch(/not enough memory.*Set `batch_size` to 4.*close other programs/);
  });

  it("says where not even one image fits", () => {
    const error = watch.explain(new Error("VK_ERROR_OUT_OF_DEVICE_MEMORY"), {
      batchSize: 1,
      largestArray: 0,
      bytes: 0,
    });
    expect(error.message).toMatch(/nor for a smaller one/);
  });

  it("leaves what is for the user already as it is, and tells of the rest", () => {
    const work = { batchSize: 2, largestArray: 0, bytes: 0 };
    const known = watch.explain(new Error("a shader is wrong"), work);
    expect(known.message).toMatch(/^SwiftShader .* could not compute a batch of 2: a shader is wrong/);
    expect(watch.explain(known, work)).toBe(known);
  });

  it("notices that the device is gone, which has no errors any more", async () => {
    const other = await openSoftwareDevice();
    const watched = new DeviceWatch(other);
    watched.requireThere();
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    const buffer = other.device.createBuffer({ size: 16, usage: MAP_READ | COPY_DST });
    other.device.destroy();
    const broken: unknown = await buffer.mapAsync(GPUMapMode.READ).catch((error: unknown) => error);
    expect(watched.explain(broken, { batchSize: 2, largestArray: 0, bytes: 0 }).message).toMatch(
      /was closed while it computed\. `gyrus resume` goes on from the last checkpoint/,
    );
    expect(() => watched.requireThere()).toThrow(EngineError);
  });

  it("understands a driver that was reset", async () => {
    const lost = Promise.resolve({
      reason: "unknown",
      message: "DXGI_ERROR_DEVICE_HUNG\n at somewhere",
    } as GPUDeviceLostInfo);
    const watched = new DeviceWatch({ ...open, lost });
    await lost;
    expect(() => watched.requireThere()).toThrow(/driver was reset.*\(DXGI_ERROR_DEVICE_HUNG\)/);
  });
});
