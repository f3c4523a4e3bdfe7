"""The networks of the bench in PyTorch: takes part in the contests of networks.ts."""

import torch
from contestant import compete, contest
from torch import nn
from torch.nn import functional

CHANNELS = [8, 16, 32, 64, 128]


def pad_before(x):
    """Zeros before each axis so that 2 divides it, and how many: ClinicaDL's PadMaxPool."""
    before = [size % 2 for size in x.shape[2:]]
    return functional.pad(x, [before[2], 0, before[1], 0, before[0], 0]), before


class PadMaxPool(nn.Module):
    def forward(self, x):
        return functional.max_pool3d(pad_before(x)[0], 2, 2)


class Conv5(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        layers = []
        for before, after in zip([input_size[0], *CHANNELS], CHANNELS):
            layers += [nn.Conv3d(before, after, 3, padding=1), nn.BatchNorm3d(after), nn.ReLU(), PadMaxPool()]
        features = CHANNELS[-1]
        for size in input_size[1:]:
            for _ in CHANNELS:
                size = (size + 1) // 2
            features *= size
        self.layers = nn.Sequential(
            *layers,
            nn.Flatten(),
            nn.Linear(features, 1300),
            nn.ReLU(),
            nn.Linear(1300, 50),
            nn.ReLU(),
            nn.Linear(50, 2),
        )

    def forward(self, x):
        return self.layers(x)


class AutoencoderConv5(nn.Module):
    def __init__(self, input_size):
        super().__init__()
        channels = [input_size[0], *CHANNELS]
        pairs = list(zip(channels, channels[1:]))
        self.encoder = nn.ModuleList(
            nn.Sequential(nn.Conv3d(before, after, 3, padding=1), nn.BatchNorm3d(after), nn.ReLU())
            for before, after in pairs
        )
        self.decoder = nn.ModuleList(
            nn.Sequential(nn.ConvTranspose3d(after, before, 3, padding=1), nn.BatchNorm3d(before), nn.ReLU())
            for before, after in reversed(pairs)
        )

    def forward(self, x):
        pools = []
        for block in self.encoder:
            padded, before = pad_before(block(x))
            x, indices = functional.max_pool3d(padded, 2, 2, return_indices=True)
            pools.append((indices, before))
        for block in self.decoder:
            indices, (a, b, c) = pools.pop()
            x = block(functional.max_unpool3d(x, indices, 2, 2)[:, :, a:, b:, c:])
        return x


def main():
    terms = contest()
    torch.set_num_threads(terms["threads"])
    torch.manual_seed(0)
    size, batch_size = terms["inputSize"], terms["batchSize"]
    autoencoder = terms["architecture"] == "AE_Conv5_FC3"
    net = AutoencoderConv5(size) if autoencoder else Conv5(size)
    x = torch.rand(batch_size, *size)
    y = torch.arange(batch_size) % 2
    optimizer = torch.optim.Adam(net.parameters(), 1e-4, weight_decay=1e-4)

    def train():
        optimizer.zero_grad()
        output = net(x)
        loss = functional.mse_loss(output, x) if autoencoder else functional.cross_entropy(output, y)
        loss.backward()
        optimizer.step()
        return loss.item()

    def infer():
        with torch.no_grad():
            return net(x)

    net.train(terms["task"] == "training")
    compete(train if terms["task"] == "training" else infer)


main()
