import type { Form } from "../../pass";
import { convolve, convolveTransposed } from "./general";
import { weightGradient } from "./generalWeightGradient";
import type { Geometry } from "./geometry";
import { convolveNear, convolveNearTransposed, isNear } from "./near";
import { weightGradientNear } from "./nearWeightGradient";
import { convolveStepped, convolveSteppedTransposed } from "./stepped";
import { weightGradientStepped } from "./steppedWeightGradient";

const GENERAL = { convolve, convolveTransposed, weightGradient } as const;

const NEAR: typeof GENERAL = {
  convolve: convolveNear,
  convolveTransposed: convolveNearTransposed,
  weightGradient: weightGradientNear,
};

const STEPPED: typeof GENERAL = {
  convolve: convolveStepped,
  convolveTransposed: convolveSteppedTransposed,
  weightGradient: weightGradientStepped,
};

/** What computes a convolution both ways and its gradient by the weight. */
export function kernelsFor(geometry: Geometry, form: Form): typeof GENERAL {
  switch (form) {
    case "plain":
      return GENERAL;
    case "fast":
      return isNear(geometry) ? NEAR : STEPPED;
  }
}
