/** A WebAssembly module of functions that return nothing and share a memory that is given to it (`env.memory`). */
import type { FunctionCode } from "./functionCode";
import { type Code, unsigned } from "./instructions";

export function moduleOf(functions: Readonly<Record<string, FunctionCode>>): Uint8Array<ArrayBuffer> {
  const written = Object.entries(functions);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d], // "\0asm"
    ...[0x01, 0x00, 0x00, 0x00], // version
    ...section(
      SECTIONS.types,
      written.map(([, { type }]) => [0x60, ...unsigned(type.length), ...type, 0]),
    ),
    ...section(SECTIONS.imports, [
      [...text("env"), ...text("memory"), 0x02, 0x01, 0, ...unsigned(MOST_PAGES)],
    ]),
    ...section(
      SECTIONS.functions,
      written.map((_, index) => unsigned(index)),
    ),
    ...section(
      SECTIONS.exports,
      written.map(([name], index) => [...text(name), 0x00, ...unsigned(index)]),
    ),
    ...section(
      SECTIONS.code,
      written.map(([, { body }]) => body),
    ),
  ]);
}

const SECTIONS = { types: 1, imports: 2, functions: 3, exports: 7, code: 10 };
const MOST_PAGES = 65_536;

function section(id: number, entries: readonly Code[]): number[] {
  const content = [...unsigned(entries.length), ...entries.flat()];
  return [id, ...unsigned(content.length), ...content];
}

function text(name: string): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsigned(bytes.length), ...bytes];
}
