/**
 * Scalars as TensorBoard's event file: records of TFRecord (length, checksum, bytes, checksum) that hold an Event each. Field numbers are
 * those of TensorFlow's event.proto and summary.proto; checksums are CRC-32C (Castagnoli), masked as TFRecord masks them.
 */
import { ProtobufWriter } from "../../engine/onnx/graph/protobuf";

export interface ScalarEvent {
  /** `loss/validation` */
  readonly tag: string;
  readonly step: number;
  /** Seconds since 1970, or since the training began. */
  readonly time: number;
  readonly value: number;
}

/** What is no number is left out: TensorBoard draws a gap either way. */
export function eventFile(events: readonly ScalarEvent[]): Uint8Array {
  const version = new ProtobufWriter();
  version.double(1, 0);
  version.string(3, "brain.Event:2");
  const scalars = events.filter(({ value }) => Number.isFinite(value)).map(scalarEvent);
  return Buffer.concat([version.finish(), ...scalars].map(record));
}

function scalarEvent({ tag, step, time, value }: ScalarEvent): Uint8Array {
  const event = new ProtobufWriter();
  event.double(1, time);
  event.integer(2, step);
  event.message(5, (summary) =>
    summary.message(1, (entry) => {
      entry.string(1, tag);
      entry.float(2, value);
    }),
  );
  return event.finish();
}

function record(data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

function checksum(data: Uint8Array): Uint8Array {
  const crc = crc32c(data);
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(masked);
  return bytes;
}

/** Castagnoli's polynomial, reflected. */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});

/** The checksum of iSCSI (RFC 3720, appendix B.4). */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ TABLE[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}
