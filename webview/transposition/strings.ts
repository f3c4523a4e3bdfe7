/** English texts of the transposition view; the editor translates them. */
export const transpositionStrings = {
  encoder: "Encoder",
  decoder: "Decoder",
  input: "Input",
  output: "Reconstruction",
  code: "Code",
  indices: "indices",
  padding: "padding {0}",
  noPadding: "padding 0",
  exchange: "changed places",
  resizedBadge: "{0} → {1} {1|channel|channels}",
  copied: "copy",
  diagram: "Transposition of {0}",
  diagramHelp: "Up and down move along one side, left and right change sides.",
  layerLabel: "{0}, {1}, output {2}",
  summary: "{0} {0|parameter|parameters}, {1} → {2} → {1}",
  notTransposed: "{0} is not made by transposition.",
  notTransposedRemedy: "Choose a CNN, or an autoencoder made from one.",

  // Steps
  steps: "Explanation, step by step",
  stepOf: "Step {0} of {1}",
  previous: "Previous step",
  next: "Next step",
  leave: "End the explanation",
  begin: "Explain step by step",
  startTitle: "The encoder",
  startText:
    "The convolutional part of the network, as it stands, is the encoder. It turns an image of {0} into a code of {1}.",
  reverseTitle: "The other way round",
  reverseText:
    "The decoder undoes it. It has one layer for each layer of the encoder, in reverse order: read it from the bottom to the top, beside the layers that it answers.",
  convTitle: "Convolution → transposed convolution",
  convText:
    "A convolution becomes a transposed convolution of the same kernel, stride and padding. Its channels change sides: {0} becomes {1}.",
  poolTitle: "Adaptive pooling → unpooling and cropping",
  poolText:
    "PadMaxPool becomes CropMaxUnpool, which puts values back to where the pool had found them and cuts off the zeros that the pool had added.",
  maxPoolTitle: "Pooling → unpooling",
  maxPoolText: "MaxPool becomes MaxUnpool, which puts values back to where the pool had found them.",
  linearTitle: "Linear → linear",
  linearText: "A linear layer becomes one with its features exchanged.",
  flattenTitle: "Flatten → reshape",
  flattenText: "What was flattened gets back the shape that it had.",
  leakyTitle: "Leaky ReLU → its inverse",
  leakyText: "A leaky ReLU of slope a becomes one of slope 1 / a.",
  copyTitle: "The others are copied",
  copyText: "Layers that keep the shape of what they get are copied: {0}.",
  exchangeTitle: "Activation and convolution change places",
  exchangeText:
    "Reversed as they are, activations would come before the convolutions. They change places, so that each block of the decoder convolves, normalises and then activates, as each block of the encoder does.",
  resizeTitle: "Batch norms get their size",
  resizeText:
    "After the exchange a batch norm follows the transposed convolution: it must have as many channels as that one makes.",
  indicesTitle: "Indices travel",
  indicesText:
    "Each pool remembers where each maximum stood. Its unpool puts the value back there, zeros elsewhere. The last pool is answered first.",
  paddingTitle: "Padding travels too",
  paddingText:
    "Each pool says how many planes of zeros it put before each axis. Its unpool takes them away again, so that odd sizes come back exactly.",
  resultTitle: "What goes in comes out",
  resultText:
    "The reconstruction has the shape of the image: {0}. Only then can both be compared, voxel by voxel.",

  // Selected layer
  tieOf: "{0} comes from {1}: {2}",
  cameFrom: "Came from",
  became: "Became",
  rule: "Rule",
  changedPlacesWith: "Changed places with",
  resized: "Resized",
  resizedText: "from {0} to {1} {1|channel|channels}",
  receives: "Receives",
  gives: "Gives",
  receivesText: "indices and padding of {0}",
  receivesIndices: "indices of {0}",
  givesText: "indices and padding to {0}",
  givesIndices: "indices to {0}",
  shapes: "Shapes",
} as const;
