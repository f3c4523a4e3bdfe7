/** With which engine a unit is trained, as its record tells it: written here, read where the training goes on. */
import type { EngineDescription } from "../../engine/engine";

type Recorded = Pick<EngineDescription, "library" | "version" | "device">;

/** "webgpu 0.6.2 (NVIDIA GeForce RTX 3060)" */
export const engineRecord = ({ library, version, device }: Recorded): string =>
  `${library} ${version} (${device})`;

/** Null for what is no such record. */
export function readEngineRecord(text: string): Recorded | null {
  const [, library, version, device] = /^(\S+) (\S+) \((.*)\)$/.exec(text) ?? [];
  return library === undefined || version === undefined || device === undefined
    ? null
    : { library, version, device };
}
