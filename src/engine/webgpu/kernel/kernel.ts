/**
 * A kernel: a function in WGSL that many invocations run side by side, with the buffers and numbers that it takes. Structure, bindings and
 * uniforms are made from its declaration, so that a buffer or a number that is missing or misspelt is an error of types.
 */

/** An array that lies on the device: read only, or written (and then also read). */
export type BufferKind = `${"read" | "write"} ${"f32" | "u32" | "i32" | "vec2f" | "vec4f"}`;

/** What every device is sure to have (the limits of WebGPU itself). */
const MOST_BUFFERS = 8;
const MOST_INVOCATIONS = 256;

export interface KernelDeclaration<
  Whole extends string,
  Real extends string,
  Buffers extends Readonly<Record<string, BufferKind>>,
> {
  /**
   * `elements`: one invocation an element; the body sees its number as `index`, and does not run beyond `shape.count`.
   * `groups`: as many groups of invocations as the dispatch says; the body sees `group` (vec3u) and `lane`. A body that waits
   * (`workgroupBarrier`) must be of this kind.
   */
  readonly over: "elements" | "groups";
  /** Numbers from 0 to 2^32 - 1, which the body reads as `shape.name`. */
  readonly whole?: readonly Whole[];
  /** Numbers that the body reads as `shape.name`, too. */
  readonly real?: readonly Real[];
  readonly buffers: Buffers;
  /** Invocations a group. Default 64. */
  readonly workgroup?: number;
  /** What stands before the function: workgroup variables, functions. */
  readonly declarations?: string;
}

export interface Kernel<
  Whole extends string = string,
  Real extends string = string,
  Buffers extends Readonly<Record<string, BufferKind>> = Readonly<Record<string, BufferKind>>,
> {
  readonly name: string;
  readonly over: "elements" | "groups";
  readonly workgroup: number;
  readonly whole: readonly Whole[];
  readonly real: readonly Real[];
  readonly buffers: Buffers;
  /** The whole shader. */
  readonly code: string;
  /** Lines of `code` before the body, for messages. */
  readonly linesBefore: number;
}

/**
 * @param body WGSL
 * @throws Error where it takes more than every device has
 */
export function kernel<
  const Whole extends string = never,
  const Real extends string = never,
  const Buffers extends Readonly<Record<string, BufferKind>> = Readonly<Record<string, BufferKind>>,
>(
  name: string,
  declaration: KernelDeclaration<Whole, Real, Buffers>,
  body: string,
): Kernel<Whole, Real, Buffers> {
  const { over, whole = [], real = [], buffers, workgroup = 64, declarations = "" } = declaration;
  const count = Object.keys(buffers).length;
  if (count > MOST_BUFFERS)
    throw new Error(`${name} takes ${count} buffers; every device has ${MOST_BUFFERS}.`);
  if (workgroup > MOST_INVOCATIONS)
    throw new Error(`${name} has groups of ${workgroup} invocations; every device has ${MOST_INVOCATIONS}.`);
  const fields = [
    "first: u32",
    "count: u32",
    ...whole.map((field) => `${field}: u32`),
    ...real.map((field) => `${field}: f32`),
  ];
  const before = [
    `struct Shape { ${fields.join(", ")} }`,
    "@group(0) @binding(0) var<uniform> shape: Shape;",
    ...Object.entries(buffers).map(([buffer, kind], place) => bindingText(buffer, kind, place + 1)),
    ...(declarations === "" ? [] : [declarations]),
    `@compute @workgroup_size(${workgroup}) fn main(@builtin(workgroup_id) placed: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {`,
    ...beginning(over, workgroup),
  ].join("\n");
  return {
    name,
    over,
    workgroup,
    whole,
    real,
    buffers,
    code: `${before}\n${body}\n}\n`,
    linesBefore: before.split("\n").length,
  };
}

/** More than 65,535 groups along an axis are not allowed, so elements are spread over two; `first` is where a part begins. */
function beginning(over: "elements" | "groups", workgroup: number): string[] {
  switch (over) {
    case "elements":
      return [
        `let index = shape.first + (placed.y * groups.x + placed.x) * ${workgroup}u + lane;`,
        "if (index >= shape.count) { return; }",
      ];
    case "groups":
      return ["let group = vec3u(placed.x, placed.y, placed.z + shape.first);"];
  }
}

function bindingText(name: string, kind: BufferKind, binding: number): string {
  const [access, element] = kind.split(" ");
  return `@group(0) @binding(${binding}) var<storage, ${access === "write" ? "read_write" : "read"}> ${name}: array<${element}>;`;
}
