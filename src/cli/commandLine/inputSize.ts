import { misuse } from "./usageError";

/** `1@169x208x179` -> [1, 169, 208, 179]: channels, then two or three spatial sizes, as ClinicaDL writes them. */
export function parseInputSize(text: string): number[] {
  const match = /^(\d+)@(\d+)x(\d+)(?:x(\d+))?$/.exec(text);
  const sizes = match?.slice(1).flatMap((size) => (size === undefined ? [] : [Number(size)])) ?? [];
  if (sizes.length === 0 || sizes.some((size) => size === 0)) {
    throw misuse("usage.input-size", { text });
  }
  return sizes;
}

/** [1, 169, 208, 179] -> `1@169x208x179`; a flat size stays a number. */
export function formatSize(shape: readonly number[]): string {
  return shape.length <= 1 ? shape.join("") : `${shape[0]}@${shape.slice(1).join("x")}`;
}
