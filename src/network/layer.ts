/**
 * A network as plain data: a discriminated union of layers, each with a name inside its sequence.
 * Nothing here computes; shape inference, initialisation, transposition, the engines and the diagrams all read this.
 *
 * `dimensions` is 2 (images, slices) or 3 (volumes); every per-axis list (`kernel`, `stride`, `padding`) has that length,
 * in the order of the spatial axes of the input.
 */

export type Dimensions = 2 | 3;
export type PerAxis = readonly number[];

/** torch.nn.Conv2d / Conv3d: weight [out, in / groups, ...kernel], bias [out]. */
export interface Conv {
  readonly kind: "Conv";
  readonly dimensions: Dimensions;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
  readonly dilation: PerAxis;
  readonly groups: number;
  readonly bias: boolean;
}

/** torch.nn.ConvTranspose2d / 3d: weight [in, out / groups, ...kernel], bias [out]. `outputPadding` is added at the end of each axis. */
export interface ConvTranspose {
  readonly kind: "ConvTranspose";
  readonly dimensions: Dimensions;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
  readonly outputPadding: PerAxis;
  readonly dilation: PerAxis;
  readonly groups: number;
  readonly bias: boolean;
}

/** torch.nn.BatchNorm2d / 3d, affine, with running statistics (running variance is the unbiased one). */
export interface BatchNorm {
  readonly kind: "BatchNorm";
  readonly dimensions: Dimensions;
  readonly channels: number;
  readonly epsilon: number;
  readonly momentum: number;
}

/** torch.nn.GroupNorm: each image by the mean and biased variance of each group of channels; weight and bias [channels] if affine. */
export interface GroupNorm {
  readonly kind: "GroupNorm";
  readonly dimensions: Dimensions;
  readonly groups: number;
  readonly channels: number;
  readonly epsilon: number;
  readonly affine: boolean;
}

/** torch.nn.InstanceNorm2d / 3d without running statistics: each image by the mean and biased variance of each channel. */
export interface InstanceNorm {
  readonly kind: "InstanceNorm";
  readonly dimensions: Dimensions;
  readonly channels: number;
  readonly epsilon: number;
  readonly affine: boolean;
}

export interface ReLU {
  readonly kind: "ReLU";
}
export interface LeakyReLU {
  readonly kind: "LeakyReLU";
  readonly negativeSlope: number;
}
export interface Sigmoid {
  readonly kind: "Sigmoid";
}
export interface Tanh {
  readonly kind: "Tanh";
}
/** x above 0, alpha (exp(x) - 1) elsewhere (Clevert, Unterthiner and Hochreiter, 2016). */
export interface ELU {
  readonly kind: "ELU";
  readonly alpha: number;
}
/** x Phi(x), Phi the distribution function of the standard normal, by erf (Hendrycks and Gimpel, 2016). */
export interface GELU {
  readonly kind: "GELU";
}
/** x sigmoid(x) (Elfwing, Uchibe and Doya, 2018). */
export interface SiLU {
  readonly kind: "SiLU";
}

/** Zeroes each element with `probability` in training and scales the others by 1 / (1 - probability); identity in evaluation. */
export interface Dropout {
  readonly kind: "Dropout";
  readonly probability: number;
}

/** torch.nn.MaxPool2d / 3d, symmetric padding by -infinity, floor of the output size. */
export interface MaxPool {
  readonly kind: "MaxPool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
}

/** ClinicaDL's adaptive pooling: zeros BEFORE each axis so that the stride divides its size, then MaxPool without padding. */
export interface PadMaxPool {
  readonly kind: "PadMaxPool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}

/** Inverse of the MaxPool at encoder position `pool`: values go back to the indices that it kept; zeros elsewhere. */
export interface MaxUnpool {
  readonly kind: "MaxUnpool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
}

/** Inverse of PadMaxPool: unpool by its indices, then crop the planes that it had put in front. */
export interface CropMaxUnpool {
  readonly kind: "CropMaxUnpool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}

/** [N, c, ...spatial] -> [N, c * prod(spatial)] */
export interface Flatten {
  readonly kind: "Flatten";
}
/** [N, features] -> [N, ...shape] */
export interface Reshape {
  readonly kind: "Reshape";
  readonly shape: readonly number[];
}

/** torch.nn.Linear: weight [out, in], bias [out]. */
export interface Linear {
  readonly kind: "Linear";
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly bias: boolean;
}

/** torch.nn.AdaptiveAvgPool2d / 3d to `outputSize`; window i spans floor(i*in/out) .. ceil((i+1)*in/out). */
export interface AdaptiveAvgPool {
  readonly kind: "AdaptiveAvgPool";
  readonly dimensions: Dimensions;
  readonly outputSize: PerAxis;
}

/** torch.nn.AvgPool2d / 3d, floor of the output size; with `countIncludePad` the zeros of the padding count as values. */
export interface AvgPool {
  readonly kind: "AvgPool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
  readonly countIncludePad: boolean;
}

/**
 * relu(body(x) + shortcut(x)); an empty shortcut is the identity. Parameters are named
 * `<block>.<body layer>` and `<block>.downsample.<shortcut layer>` as in torchvision.
 */
export interface ResidualBlock {
  readonly kind: "ResidualBlock";
  readonly body: Sequence;
  readonly shortcut: Sequence;
}

export type Layer =
  | Conv
  | ConvTranspose
  | BatchNorm
  | GroupNorm
  | InstanceNorm
  | ReLU
  | LeakyReLU
  | Sigmoid
  | Tanh
  | ELU
  | GELU
  | SiLU
  | Dropout
  | MaxPool
  | PadMaxPool
  | MaxUnpool
  | CropMaxUnpool
  | Flatten
  | Reshape
  | Linear
  | AdaptiveAvgPool
  | AvgPool
  | ResidualBlock;

export type LayerKind = Layer["kind"];

/** A layer and its name in the state dict: usually its position ("0", "1", ...), sometimes a word ("conv1", "fc_out"). */
export interface NamedLayer {
  readonly name: string;
  readonly layer: Layer;
}

export type Sequence = readonly NamedLayer[];
