/** Opens a graphics card for computing. */
import { reasonOf } from "../../../messages/reasonOf";
import { sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";
import { type Card, type CardWish, cardMeant, cardsIn, isSoftware, NO_SUCH_CARD } from "./cards";
import { gpuOf } from "./dawn";

export interface OpenDevice {
  readonly device: GPUDevice;
  /** As its driver says: "NVIDIA GeForce RTX 3060". */
  readonly name: string;
  /** "nvidia", "amd", "intel", "apple" ... */
  readonly vendor: string;
  /** What the system says of its driver, often a version; empty where it says nothing. */
  readonly driver: string;
  /** Whether a processor plays the card: in tests only. */
  readonly software: boolean;
  /** Bytes of the largest buffer, and of the largest that a kernel sees. */
  readonly limits: Readonly<Pick<GPUSupportedLimits, "maxBufferSize" | "maxStorageBufferBindingSize">>;
  /** Resolves when the device is gone: `destroyed` where we did it, `unknown` where the driver reset it or the card was taken. */
  readonly lost: Promise<GPUDeviceLostInfo>;
}

/** What the card can do, all of it: WebGPU gives every program the same small limits unless it asks for more. */
const ASKED_LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupSizeZ",
  "maxComputeWorkgroupsPerDimension",
] as const;

/** Taken where the card has them: a kernel asks the device before it uses one. */
const WELCOME_FEATURES: readonly GPUFeatureName[] = ["timestamp-query", "subgroups"];

/** A laptop has two cards: the one with memory of its own first. */
const FASTEST_FIRST: GPURequestAdapterOptions = { powerPreference: "high-performance" };

/** The cards that this process can see, fastest first. @throws LibraryError where Dawn cannot be loaded */
export async function listCards(): Promise<readonly Card[]> {
  const gpu = await gpuOf([NO_SUCH_CARD]);
  try {
    // Null where there is no driver at all.
    await gpu.requestAdapter(FASTEST_FIRST);
    return [];
  } catch (error) {
    return cardsIn(reasonOf(error), process.platform);
  }
}

/**
 * Opens the card that is meant, with all that it can do.
 * @throws EngineError where there is none, or it cannot be opened
 */
export async function openDevice(wish: CardWish = {}): Promise<OpenDevice> {
  const { name } = cardMeant(await listCards(), wish);
  const gpu = await gpuOf([`adapter=${name}`]);
  const adapter = await gpu.requestAdapter(FASTEST_FIRST);
  if (adapter === null) throw new EngineError(sentence`${name} is listed, but cannot be opened.`);
  const { limits, info, features } = adapter;
  const software = info.isFallbackAdapter || isSoftware(name);
  if (software && wish.allowSoftware !== true) {
    throw new EngineError(
      sentence`${name} is no graphics card but a program on the processor, which the engine onnx uses better.`,
    );
  }
  const requiredLimits = Object.fromEntries(ASKED_LIMITS.map((limit) => [limit, limits[limit]]));
  const requiredFeatures = WELCOME_FEATURES.filter((feature) => features.has(feature));
  try {
    const device = await adapter.requestDevice({ requiredLimits, requiredFeatures });
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    return {
      device,
      name,
      vendor: info.vendor,
      driver: info.description,
      software,
      limits: { maxBufferSize, maxStorageBufferBindingSize },
      lost: device.lost,
    };
  } catch (error) {
    throw new EngineError(sentence`${name} cannot be opened: ${reasonOf(error)}`, { cause: error });
  }
}
