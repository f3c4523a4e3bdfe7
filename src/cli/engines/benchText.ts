/** The figures of devices as a table for people and as a form to send in. */
import { arch, cpus, platform } from "node:os";
import type { Speeds, SweptConvolution } from "../../engine/webgpu/measuring/convolutionSweep";
import { formatSize } from "../commandLine/inputSize";
import { textTable } from "../terminal/textTable";
import type { Say } from "../terminal/words";
import { GYRUS_VERSION } from "../version";
import type { DeviceFigures, MeasuredNetwork } from "./measureDevices";

/** Three digits, as far as a measurement has them: "1.23", "12.3", "1230". */
export function threeDigits(value: number): string {
  const decimals = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(decimals, 6));
}

/** What is known of a device by its figures. */
export function figuresOf({ step, answer, operations, moved, memory, plain }: DeviceFigures, batch: number) {
  const [speed, copy] = [operations / step, moved === null ? null : moved / step];
  return {
    step_ms: 1e3 * step,
    inference_ms: 1e3 * answer,
    trained_images_per_second: batch / step,
    predicted_images_per_second: batch / answer,
    memory_mb: memory === null ? null : memory / 1e6,
    step_gflop_per_second: speed / 1e9,
    product_gflop_per_second: plain.operations / 1e9,
    share_of_product_percent: (100 * speed) / plain.operations,
    step_gb_per_second: copy === null ? null : copy / 1e9,
    copy_gb_per_second: plain.bytes / 1e9,
    share_of_copy_percent: copy === null ? null : (100 * copy) / plain.bytes,
  };
}

/** What is sent in: devices, versions and figures; of the machine its kind alone, of people nothing. */
export function formOf(
  { network, batchSize }: MeasuredNetwork,
  devices: readonly DeviceFigures[],
  machine = {
    platform: platform(),
    arch: arch(),
    processor: cpus()[0]?.model.trim() ?? "",
    node: process.versions.node,
  },
) {
  return {
    gyrus: GYRUS_VERSION,
    ...machine,
    network: network.architecture,
    batch: `${batchSize} x ${formatSize(network.inputSize)}`,
    optimizer: "Adam",
    devices: devices.map((device) => {
      const { engine, library, version, device: name, threads, vendor, driver, convolutions } = device;
      const rounded = Object.entries(figuresOf(device, batchSize)).map(([key, value]) => [
        key,
        value === null ? null : Number(threeDigits(value)),
      ]);
      return {
        engine,
        library,
        version,
        device: name,
        ...(vendor === undefined ? { threads } : { vendor, driver }),
        ...Object.fromEntries(rounded),
        ...(convolutions === undefined ? {} : { convolutions: convolutions.map(sweptForm) }),
      };
    }),
  };
}

const gigaOf = (speeds: Speeds) =>
  Object.fromEntries(
    Object.entries(speeds).map(([way, speed]) => [way, Number(threeDigits(speed / 1e9))] as const),
  );

const sweptForm = ({
  layer,
  inChannels,
  outChannels,
  size,
  tiles,
  splits,
  weightGradient,
}: SweptConvolution) => ({
  layer,
  channels: `${inChannels} > ${outChannels}`,
  size: size.join("x"),
  gflop_per_second_by_tile: gigaOf(tiles),
  gflop_per_second_by_split: gigaOf(splits),
  gflop_per_second_of_weight_gradient: gigaOf(weightGradient),
});

/** A column for each device. */
export function figuresTable(devices: readonly DeviceFigures[], batchSize: number, say: Say): string {
  const figures = devices.map((device) => figuresOf(device, batchSize));
  const titles = {
    step_ms: say("bench-step"),
    inference_ms: say("bench-inference"),
    trained_images_per_second: say("bench-trained"),
    predicted_images_per_second: say("bench-predicted"),
    memory_mb: say("bench-memory"),
    step_gflop_per_second: say("bench-step-speed"),
    product_gflop_per_second: say("bench-product"),
    share_of_product_percent: say("bench-product-share"),
    step_gb_per_second: say("bench-step-bytes"),
    copy_gb_per_second: say("bench-copy"),
    share_of_copy_percent: say("bench-copy-share"),
  } as const satisfies Record<keyof ReturnType<typeof figuresOf>, string>;
  const keys = Object.keys(titles) as (keyof typeof titles)[];
  return textTable(
    ["", ...devices.map(({ engine, device }) => `${engine}: ${device}`)],
    keys.map((key) => [
      titles[key],
      ...figures.map((of) => {
        const value = of[key];
        return value === null ? "-" : threeDigits(value);
      }),
    ]),
  );
}

/** GFLOP/s of each convolution in each way, a table with its title for each sweep; none for a device that was not swept. */
export function sweepTables({ device, convolutions = [] }: DeviceFigures, say: Say): string[] {
  if (convolutions.length === 0) return [];
  const table = (speedsOf: (of: SweptConvolution) => Speeds): string => {
    // What is in use first, whose name an object lists after those that are numbers.
    const ways = [...new Set(["in_use", ...convolutions.flatMap((of) => Object.keys(speedsOf(of)))])];
    const titles = ways.map((way) => (way === "in_use" ? say("bench-in-use") : way));
    return textTable(
      [say("layer"), say("bench-channels"), say("bench-size"), ...titles],
      convolutions.map((of) => [
        of.layer,
        `${of.inChannels} > ${of.outChannels}`,
        of.size.join("x"),
        ...ways.map((way) => {
          const speed = speedsOf(of)[way];
          return speed === undefined ? "-" : threeDigits(speed / 1e9);
        }),
      ]),
    );
  };
  return [
    ...[say("bench-tiles", { device }), table(({ tiles }) => tiles)],
    ...[say("bench-splits", { device }), table(({ splits }) => splits)],
    ...[say("bench-weight-gradient", { device }), table(({ weightGradient }) => weightGradient)],
  ];
}
