import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { describeShares } from "../../../support/engineSuite/sharesSuite";

describeShares(() => createOnnxEngine({ threads: 1 }));
