/** The layers of the small networks of tests. */

/** Kernels of 3 voxels a side, which leave the size of the input as it is. */
export const convolution = <Channels extends number>(channels: Channels, bias = true) =>
  ({
    layer: "Conv",
    out_channels: channels,
    kernel_size: 3,
    stride: 1,
    padding: 1,
    dilation: 1,
    groups: 1,
    bias,
  }) as const;

export const NORM = { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 } as const;
export const POOL = { layer: "PadMaxPool", kernel_size: 2 } as const;

/** Convolution, norm, ReLU and pool: a step of ClinicaDL's networks. */
export const block = (channels: number) => [convolution(channels), NORM, { layer: "ReLU" }, POOL] as const;
