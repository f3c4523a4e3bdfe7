"""Reading of the bench with nibabel: takes part in the contest of reading.ts."""

import nibabel
import numpy
from contestant import compete, contest

file = contest()["file"]


def read():
    voxels = nibabel.load(file).get_fdata(dtype="float32")
    low, high = voxels.min(), voxels.max()
    # A batch has its last axis fastest, the file its first.
    return numpy.ascontiguousarray((voxels - low) / (high - low))


compete(read)
