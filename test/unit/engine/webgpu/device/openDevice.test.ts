import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkKnownSum } from "../../../../../src/engine/webgpu/device/knownSum";
import { listCards, type OpenDevice, openDevice } from "../../../../../src/engine/webgpu/device/openDevice";
import { probeCard } from "../../../../../src/engine/webgpu/device/probeCard";
import {
  hasSoftwareCard,
  openSoftwareDevice,
  seeSoftwareCard,
  softwareCardEnvironment,
} from "../../../../support/webGpu";

const SWIFTSHADER = { name: "SwiftShader Device (Subzero)", software: true };

describe.skipIf(!hasSoftwareCard)("openDevice", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    await seeSoftwareCard();
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  it("lists the cards, and opens none that a processor plays", async () => {
    expect(await listCards()).toEqual([SWIFTSHADER]);
    await expect(openDevice()).rejects.toThrow(/SwiftShader .* is a program on the processor/);
  });

  it("opens the card with all that it can do", () => {
    expect(open).toMatchObject({ ...SWIFTSHADER, vendor: "google" });
    expect(open.limits.maxStorageBufferBindingSize).toBe(2 ** 30);
    expect(open.device.limits.maxComputeWorkgroupStorageSize).toBe(32_768);
  });

  it("computes with it", async () => {
    await checkKnownSum(open.device, open.name);
  });

  it("says when a device is gone", async () => {
    const other = await openSoftwareDevice();
    other.device.destroy();
    expect((await other.lost).reason).toBe("destroyed");
  });
});

describe.skipIf(!hasSoftwareCard)("probeCard", () => {
  it("tells of a card that computes rightly", async () => {
    const probe = await probeCard({ allowSoftware: true }, await softwareCardEnvironment());
    expect(probe).toEqual({
      cards: [SWIFTSHADER],
      opened: {
        ...SWIFTSHADER,
        vendor: "google",
        maxBufferSize: 2 ** 30,
        maxStorageBufferBindingSize: 2 ** 30,
      },
    });
  });

  it("takes no card that a processor plays", async () => {
    const probe = await probeCard({}, await softwareCardEnvironment());
    expect(probe).toMatchObject({ cards: [SWIFTSHADER], problem: { values: [SWIFTSHADER.name] } });
  });

  it("tells of no card where there is none", async () => {
    const environment = { ...(await softwareCardEnvironment()), VK_ICD_FILENAMES: "/nowhere.json" };
    expect(await probeCard({ allowSoftware: true }, environment)).toMatchObject({
      cards: [],
      problem: { template: "No graphics card answers here." },
    });
  });
});
