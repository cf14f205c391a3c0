"""What others' code makes of networks that `bench/agreement.ts` has written, as JSON on standard output, a line a network.

    .work/python/torch/bin/python bench/peers/agreement.py FILE.safetensors…

(`bench/peers/make-pythons.sh torch` installs PyTorch, curvlinops, PyHessian and devinterp)

A file holds a perceptron with one output: `weights` and `biases` of each layer, `scales` of the weights (a filter's root mean
square), `inputs` and `labels`. Curvature is taken in float64 in relative coordinates: what moves is u in W + scale · u, and biases
stay. The learning coefficient is one of all parameters as they are, in float32, as those who made the sampler run it.
"""

import json
import math
import sys
import warnings

import numpy
import torch
from curvlinops import HessianLinearOperator, hutchpp_trace
from devinterp.slt.sampler import estimate_learning_coeff_with_summary
from pyhessian import hessian
from safetensors.torch import load_file
from scipy.sparse.linalg import eigsh

MATVECS = 300
SGLD = {"lr": 1e-5, "localization": 100.0}
CHAINS, BURN_IN, DRAWS = 4, 6000, 4000


class Relative(torch.nn.Module):
    """A perceptron as a function of where its weights are moved, in units of their filters."""

    def __init__(self, layers):
        super().__init__()
        self.layers = [tuple(part.double() for part in layer) for layer in layers]
        self.moves = torch.nn.ParameterList(torch.zeros_like(weight) for weight, _, _ in self.layers)

    def forward(self, x):
        for k, (weight, bias, scale) in enumerate(self.layers):
            x = x @ (weight + scale * self.moves[k]) + bias
            x = torch.relu(x) if k + 1 < len(self.layers) else x
        return x


class Plain(torch.nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.weights = torch.nn.ParameterList(weight for weight, _, _ in layers)
        self.biases = torch.nn.ParameterList(bias for _, bias, _ in layers)

    def forward(self, x):
        for k, (weight, bias) in enumerate(zip(self.weights, self.biases)):
            x = x @ weight + bias
            x = torch.relu(x) if k + 1 < len(self.weights) else x
        return x


def curvature(layers, inputs, labels):
    module, loss = Relative(layers), torch.nn.BCEWithLogitsLoss()
    data = [(inputs.double(), labels.double())]
    parameters = list(module.parameters())
    operator = HessianLinearOperator(module, loss, parameters, data, check_deterministic=False)
    dimension = operator.shape[0]
    dense = operator @ torch.eye(dimension, dtype=torch.float64)
    exact = torch.linalg.eigvalsh((dense + dense.T) / 2)
    ends = lambda which: float(eigsh(operator.to_scipy(), 1, which=which, tol=1e-8, maxiter=20000, return_eigenvectors=False)[0])
    trace = numpy.array([float(hutchpp_trace(operator, MATVECS)) for _ in range(5)])
    theirs = hessian(module, loss, data=data[0], cuda=False)
    top = theirs.eigenvalues(maxIter=5000, tol=1e-7)[0][0]
    probes = numpy.array(theirs.trace(maxIter=MATVECS, tol=0))
    return {
        "dense": {"largest": float(exact[-1]), "smallest": float(exact[0]), "trace": float(exact.sum())},
        "curvlinops": {"largest": ends("LA"), "smallest": ends("SA"), "trace": trace.mean(), "error": trace.std(ddof=1) / math.sqrt(len(trace))},
        "PyHessian": {"largest": float(top), "trace": probes.mean(), "error": probes.std(ddof=1) / math.sqrt(len(probes))},
    }  # fmt: skip


def learning_coefficient(layers, inputs, labels):
    module = Plain(layers)
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    evaluate = lambda model, data: loss(model(data[0]), data[1])
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(inputs, labels), batch_size=len(labels))
    with torch.no_grad():
        anchor = float(evaluate(module, (inputs, labels)))
    found = estimate_learning_coeff_with_summary(
        module, loader, evaluate=evaluate, optimizer_kwargs={**SGLD, "nbeta": len(labels) / math.log(len(labels))},
        num_draws=DRAWS, num_chains=CHAINS, num_burnin_steps=BURN_IN, init_loss=anchor, seed=1, verbose=False,
    )  # fmt: skip
    return {"mean": float(found["llc/mean"]), "spread": float(found["llc/std"])}


def main(files):
    for file in files:
        tensors = load_file(file)
        count = sum(name.startswith("weights") for name in tensors)
        layers = [tuple(tensors[f"{part}{k}"] for part in ("weights", "biases", "scales")) for k in range(count)]
        inputs, labels = tensors["inputs"], tensors["labels"]
        found = {**curvature(layers, inputs, labels), "devinterp": learning_coefficient(layers, inputs, labels)}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    torch.manual_seed(1)
    numpy.random.seed(1)
    main(sys.argv[1:])
