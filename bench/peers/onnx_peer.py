"""ONNX Runtime's side of the benchmark: forward passes on one thread."""

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from serve import serve

WIDTHS = [2, 23, 16, 26, 32, 28, 31, 1]
FILTERS = [(16, 1), (32, 2), (64, 2), (64, 2)]


def session(nodes, initializers, inputs, output):
    graph = helper.make_graph(
        nodes,
        "peer",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(array.astype(np.float32), name) for name, array in initializers.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def toy_loss_batched(networks, points):
    """The logits of many networks on the same points, and their losses in NumPy."""
    random = np.random.default_rng(1)
    nodes, weights, value = [], {}, "x"
    for i in range(7):
        weights[f"w{i}"] = 0.3 * random.standard_normal((networks, WIDTHS[i], WIDTHS[i + 1]))
        weights[f"b{i}"] = np.zeros((networks, 1, WIDTHS[i + 1]))
        nodes.append(helper.make_node("MatMul", [value, f"w{i}"], [f"m{i}"]))
        nodes.append(helper.make_node("Add", [f"m{i}", f"b{i}"], [f"a{i}"]))
        if i < 6:
            nodes.append(helper.make_node("Relu", [f"a{i}"], [f"h{i}"]))
        value = f"h{i}"
    run = session(nodes, weights, [("x", [1, points, 2])], "a6")
    x = random.standard_normal((1, points, 2)).astype(np.float32)
    labels = np.sign(random.standard_normal((1, points, 1))).astype(np.float32)
    return lambda: np.logaddexp(0, -run.run(None, {"x": x})[0] * labels).mean(axis=(1, 2)).tolist()


def conv_net_loss(images, channels, classes):
    """The loss of a small ConvNet whose batch normalization is folded, as exporters do it."""
    random = np.random.default_rng(1)
    nodes, weights, value, width = [], {}, "x", channels
    for i, (outputs, stride) in enumerate(FILTERS):
        weights[f"w{i}"] = random.standard_normal((outputs, width, 3, 3)) * (2 / (9 * width)) ** 0.5
        weights[f"b{i}"] = np.zeros(outputs)
        pads = {"kernel_shape": [3, 3], "strides": [stride, stride], "pads": [1, 1, 1, 1]}
        nodes.append(helper.make_node("Conv", [value, f"w{i}", f"b{i}"], [f"c{i}"], **pads))
        nodes.append(helper.make_node("Relu", [f"c{i}"], [f"h{i}"]))
        value, width = f"h{i}", outputs
    weights["w"], weights["b"] = random.standard_normal((width, classes)) * width**-0.5, np.zeros(classes)
    nodes.append(helper.make_node("GlobalAveragePool", [value], ["pooled"]))
    nodes.append(helper.make_node("Flatten", ["pooled"], ["flat"]))
    nodes.append(helper.make_node("Gemm", ["flat", "w", "b"], ["logits"]))
    run = session(nodes, weights, [("x", [images, channels, 32, 32])], "logits")
    x = random.standard_normal((images, channels, 32, 32)).astype(np.float32)
    labels = np.arange(images) % classes

    def loss():
        logits = run.run(None, {"x": x})[0]
        largest = logits.max(axis=1, keepdims=True)
        sums = np.log(np.exp(logits - largest).sum(axis=1)) + largest[:, 0]
        return float((sums - logits[np.arange(images), labels]).mean())

    return loss


serve("ONNX Runtime " + onnxruntime.__version__, {"conv-net-loss": conv_net_loss, "toy-loss-batched": toy_loss_batched})
