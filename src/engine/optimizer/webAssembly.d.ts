/** What of WebAssembly the optimizers use: TypeScript declares it only together with a browser's document. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  var Memory: new (size: { readonly initial: number; readonly maximum: number }) => Memory;

  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  var Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;

  interface Instance {
    readonly exports: Exports;
  }
  var Instance: new (module: Module, imports: { readonly env: { readonly memory: Memory } }) => Instance;

  type Exports = Readonly<Record<string, unknown>>;

  function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}
