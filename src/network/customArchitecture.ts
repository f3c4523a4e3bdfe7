/**
 * The user's own architecture as it stands in the experiment file: lists of layers in PyTorch's words (snake_case keys),
 * without input sizes, which follow from the image. These types are what the schema of the experiment file checks.
 */

/** One size for all axes, or one per axis. */
export type SizeOption = number | readonly number[];

export type CustomLayer =
  | {
      readonly layer: "Conv";
      readonly out_channels: number;
      readonly kernel_size: SizeOption;
      readonly stride: SizeOption;
      readonly padding: SizeOption;
      readonly dilation: SizeOption;
      readonly groups: number;
      readonly bias: boolean;
    }
  | { readonly layer: "BatchNorm"; readonly eps: number; readonly momentum: number }
  | {
      readonly layer: "GroupNorm";
      readonly num_groups: number;
      readonly eps: number;
      readonly affine: boolean;
    }
  | { readonly layer: "InstanceNorm"; readonly eps: number; readonly affine: boolean }
  | { readonly layer: "ReLU" | "Sigmoid" | "Tanh" | "GELU" | "SiLU" | "Flatten" }
  | { readonly layer: "ELU"; readonly alpha: number }
  | { readonly layer: "LeakyReLU"; readonly negative_slope: number }
  /** Without `p`: the `dropout` of the experiment. */
  | { readonly layer: "Dropout"; readonly p?: number | undefined }
  /** Without `stride`: the kernel size. */
  | {
      readonly layer: "MaxPool";
      readonly kernel_size: SizeOption;
      readonly stride?: SizeOption | undefined;
      readonly padding: SizeOption;
    }
  | {
      readonly layer: "AvgPool";
      readonly kernel_size: SizeOption;
      readonly stride?: SizeOption | undefined;
      readonly padding: SizeOption;
      readonly count_include_pad: boolean;
    }
  | {
      readonly layer: "PadMaxPool";
      readonly kernel_size: SizeOption;
      readonly stride?: SizeOption | undefined;
    }
  /** Two convolutions with norms beside the identity, or beside a convolution of kernel 1 where the shape changes. */
  | { readonly layer: "ResidualBlock"; readonly out_channels: number; readonly stride: number }
  | { readonly layer: "AdaptiveAvgPool"; readonly output_size: SizeOption }
  /** Without `out_features`, which only the last one may leave out: the size of the answer. */
  | { readonly layer: "Linear"; readonly out_features?: number | undefined; readonly bias: boolean };

export interface LayerList {
  readonly convolutions: readonly CustomLayer[];
  /** Absent for an autoencoder. */
  readonly fc?: readonly CustomLayer[] | undefined;
}
