"""Transforms of the bench with torchio: takes part in the contest of transforms.ts."""

import warnings

warnings.filterwarnings("ignore")

import numpy
import SimpleITK
import torch
import torchio
from contestant import compete, contest

threads = contest()["threads"]
torch.set_num_threads(threads)
SimpleITK.ProcessObject.SetGlobalDefaultNumberOfThreads(threads)

generator = numpy.random.default_rng(0)
axes = [numpy.linspace(-1, 1, length) ** 2 for length in contest()["size"]]
distance = sum(numpy.meshgrid(*axes, indexing="ij"))
noise = 100 + 20 * generator.random(distance.shape)
image = torch.from_numpy(numpy.where(distance < 1, noise, 0).astype(numpy.float32))[None]
transforms = torchio.Compose(
    [
        torchio.RandomAffine(scales=(0.9, 1.1), degrees=10),
        torchio.RandomElasticDeformation(num_control_points=7, max_displacement=7.5),
    ]
)


def transform():
    transforms(torchio.Subject(image=torchio.ScalarImage(tensor=image)))


compete(transform)
