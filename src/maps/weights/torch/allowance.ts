/**
 * What a pickle may make in memory: in measure with its own length. Its instructions can use again what they made before, so that a few
 * bytes could ask for all memory; what Python writes makes each thing once.
 */
import { sentence } from "../../../network/sentence";
import { TorchFileError } from "./torchValue";

/** Containers that a pickle of any length may make. PyTorch makes nine for a tensor, of six bytes each; the shortest instruction has one. */
const FEW = 10_000;
const BYTES_PER_CONTAINER = 4;
/** A Map takes some 200 bytes. Those of sixty thousand tensors are fewer. */
const MOST_CONTAINERS = 2 ** 19;

export class PickleAllowance {
  #containers: number;
  #items: number;
  #bytes: number;

  /** @param length of the pickle in bytes */
  constructor(length: number) {
    this.#containers = Math.min(FEW + length / BYTES_PER_CONTAINER, MOST_CONTAINERS);
    this.#items = length;
    this.#bytes = length;
  }

  /** One more list, dictionary, tuple, tensor or block of bytes, empty or not. @throws TorchFileError */
  container(): void {
    this.#containers--;
    if (this.#containers < 0) throw tooMuch();
  }

  /** So many values put into another container than the one for which the pickle holds them. @throws TorchFileError */
  items(count: number): void {
    this.#items -= count;
    if (this.#items < 0) throw tooMuch();
  }

  /** So many bytes made of a text. @throws TorchFileError */
  bytes(count: number): void {
    this.#bytes -= count;
    if (this.#bytes < 0) throw tooMuch();
  }
}

const tooMuch = () =>
  new TorchFileError(
    sentence`Its pickle makes far more than it holds.`,
    sentence`No program of PyTorch writes such a file: take it from another source.`,
  );
