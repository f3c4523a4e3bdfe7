/** Memory of voxels, filled with 0, that threads share instead of copying it. */
export const sharedVoxels = (count: number): Float32Array =>
  new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT));
