/** Asks the editor to write a file where the user says. */
export interface SaveRequest {
  readonly kind: "save";
  readonly name: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}
