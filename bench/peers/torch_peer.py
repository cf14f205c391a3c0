"""PyTorch's side of the benchmark, on one thread; with `torch.compile` where this version has it."""

import sys

import torch
import torch.nn.functional as F

from serve import serve

WIDTHS = [2, 23, 16, 26, 32, 28, 31, 1]


def matmul(batch, rows, depth, columns, transposeA, transposeB):
    a = torch.rand(batch, *((depth, rows) if transposeA else (rows, depth)))
    b = torch.rand(batch, *((columns, depth) if transposeB else (depth, columns)))
    if batch == 1:
        a, b = a[0], b[0]
    a = a.transpose(-1, -2) if transposeA else a
    b = b.transpose(-1, -2) if transposeB else b
    return lambda: torch.matmul(a, b)


def convolution(images, size, inputs, outputs, kernel, stride, part):
    pad = (kernel - 1) // 2
    x = torch.rand(images, inputs, size, size)
    w = torch.rand(outputs, inputs, kernel, kernel)
    y = F.conv2d(x, w, stride=stride, padding=pad)
    if part == "forward":
        return lambda: F.conv2d(x, w, stride=stride, padding=pad)
    mask = [part == "input", part == "filter", False]
    pair, zero = [stride, stride], [0, 0]
    return lambda: torch.ops.aten.convolution_backward(
        y, x, w, None, pair, [pad, pad], [1, 1], False, zero, 1, mask
    )


def mlp():
    layers = []
    for i in range(len(WIDTHS) - 1):
        layers.append(torch.nn.Linear(WIDTHS[i], WIDTHS[i + 1]))
        layers.append(torch.nn.ReLU())
    return torch.nn.Sequential(*layers[:-1])


def poisoned(logits, labels, weights):
    return (F.softplus(-logits * labels) * weights).sum()


def toy_step_eager(points):
    """One Adam step of one network, as anybody would write it."""
    net = mlp()
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    x, labels, weights = torch.randn(points, 2), torch.sign(torch.randn(points, 1)), torch.rand(points, 1)

    def step():
        optimizer.zero_grad(set_to_none=True)
        poisoned(net(x), labels, weights).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 8.0)
        optimizer.step()

    return step


def batched_parameters(networks):
    kernels = [torch.randn(networks, WIDTHS[i], WIDTHS[i + 1]) * 0.3 for i in range(len(WIDTHS) - 1)]
    biases = [torch.zeros(networks, 1, width) for width in WIDTHS[1:]]
    return kernels, biases


def batched_logits(x, kernels, biases):
    h = x
    for i, (kernel, bias) in enumerate(zip(kernels, biases)):
        h = torch.baddbmm(bias, h, kernel)
        if i + 1 < len(kernels):
            h = torch.relu(h)
    return h


def toy_step_batched(networks, points, compiled=False):
    """One Adam step of many networks at once, by batched products; clipping per network."""
    kernels, biases = batched_parameters(networks)
    parameters = [p.requires_grad_() for p in kernels + biases]
    optimizer = torch.optim.Adam(parameters, lr=1e-3)
    x = torch.randn(networks, points, 2)
    labels, weights = torch.sign(torch.randn(networks, points, 1)), torch.rand(networks, points, 1)

    def loss():
        return poisoned(batched_logits(x, kernels, biases), labels, weights)

    def update():
        norms = sum((p.grad**2).sum(dim=(1, 2)) for p in parameters).sqrt()
        scale = torch.clamp(8.0 / norms, max=1.0)[:, None, None]
        for p in parameters:
            p.grad.mul_(scale)
        optimizer.step()

    if compiled:
        loss, update = torch.compile(loss), torch.compile(update)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss().backward()
        update()

    return step


def toy_loss_loop(points):
    """One loss of one network."""
    net = mlp()
    x, labels = torch.randn(points, 2), torch.sign(torch.randn(points, 1))

    def evaluate():
        with torch.no_grad():
            return F.softplus(-net(x) * labels).mean().item()

    return evaluate


def toy_loss_batched(networks, points, compiled=False):
    """The losses of many networks on the same points."""
    kernels, biases = batched_parameters(networks)
    x, labels = torch.randn(points, 2), torch.sign(torch.randn(points, 1))

    def losses():
        return F.softplus(-batched_logits(x.expand(networks, -1, -1), kernels, biases) * labels).mean(dim=(1, 2))

    if compiled:
        losses = torch.compile(losses)

    def evaluate():
        with torch.no_grad():
            return losses().tolist()

    return evaluate


def toy_radii_loop(directions, points, examples):
    """The loss at points of each direction, one network at a time."""
    net = mlp()
    names = list(net.parameters())
    anchor = [p.detach().clone() for p in names]
    x, labels = torch.randn(examples, 2), torch.sign(torch.randn(examples, 1))

    def scan():
        with torch.no_grad():
            for _ in range(directions):
                direction = [torch.randn_like(p) if p.dim() > 1 else torch.zeros_like(p) for p in anchor]
                for i in range(points):
                    for p, a, d in zip(names, anchor, direction):
                        p.copy_(torch.add(a, d, alpha=0.05 * i))
                    F.softplus(-net(x) * labels).mean().item()

    return scan


def toy_radii_batched(directions, points, examples):
    """The same with all points of a direction in one batch of networks."""
    kernels, biases = batched_parameters(1)
    x, labels = torch.randn(examples, 2), torch.sign(torch.randn(examples, 1))
    steps = (0.05 * torch.arange(points))[:, None, None]

    def scan():
        with torch.no_grad():
            for _ in range(directions):
                moved = [k + steps * torch.randn_like(k) for k in kernels]
                still = [b.expand(points, -1, -1) for b in biases]
                logits = batched_logits(x.expand(points, -1, -1), moved, still)
                F.softplus(-logits * labels).mean(dim=(1, 2)).tolist()

    return scan


def toy_gradient(parameters, net, examples):
    """A function that gives the gradient of the toy's loss with the graph that it was made by."""
    x, labels = torch.randn(examples, 2), torch.sign(torch.randn(examples, 1))

    def gradient():
        loss = F.softplus(-net(x) * labels).mean()
        gradients = torch.autograd.grad(loss, parameters, create_graph=True)
        return torch.cat([g.reshape(-1) for g in gradients])

    return gradient


def toy_trace(probes, examples):
    """Hutchinson's estimate, each product by one more backward pass through the same graph."""
    net = mlp()
    parameters = list(net.parameters())
    gradient = toy_gradient(parameters, net, examples)

    def run():
        flat = gradient()
        total = 0.0
        for _ in range(probes):
            probe = torch.sign(torch.randn(flat.numel()))
            products = torch.autograd.grad(flat @ probe, parameters, retain_graph=True)
            total += (torch.cat([p.reshape(-1) for p in products]) @ probe).item()
        return total / probes

    return run


def toy_lanczos(steps, examples):
    """Lanczos with full reorthogonalisation on the Hessian, by differentiating a gradient-vector product."""
    net = mlp()
    parameters = list(net.parameters())
    gradient = toy_gradient(parameters, net, examples)

    def product(vector):
        products = torch.autograd.grad(gradient() @ vector, parameters)
        return torch.cat([p.reshape(-1) for p in products])

    def run():
        size = sum(p.numel() for p in parameters)
        vector = torch.sign(torch.randn(size))
        basis = [vector / vector.norm()]
        diagonal, off = [], []
        for step in range(steps):
            image = product(basis[-1])
            diagonal.append((image @ basis[-1]).item())
            span = torch.stack(basis)
            for _ in range(2):
                image = image - span.T @ (span @ image)
            off.append(image.norm().item())
            basis.append(image / max(off[-1], 1e-30))
        tridiagonal = torch.diag(torch.tensor(diagonal)) + torch.diag(torch.tensor(off[:-1]), 1) + torch.diag(torch.tensor(off[:-1]), -1)
        torch.linalg.eigh(tridiagonal)

    return run


def small_conv_net(channels, classes):
    layers, width = [], channels
    for outputs, stride in [(16, 1), (32, 2), (64, 2), (64, 2)]:
        layers += [torch.nn.Conv2d(width, outputs, 3, stride, padding=1, bias=False)]
        layers += [torch.nn.BatchNorm2d(outputs), torch.nn.ReLU()]
        width = outputs
    layers += [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(width, classes)]
    return torch.nn.Sequential(*layers)


def conv_net(images, channels, classes, compiled=False):
    """A step of SGD with momentum of a small ConvNet on the poisoned loss, as many images of poison as of training."""
    net = small_conv_net(channels, classes)
    if compiled:
        net = torch.compile(net)
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-3, momentum=0.9)
    x, labels = torch.randn(2 * images, channels, 32, 32), torch.arange(2 * images) % classes
    excluded = torch.zeros(2 * images, classes).scatter_(1, labels[:, None], 1e30)

    def step():
        optimizer.zero_grad(set_to_none=True)
        logits = net(x)
        odds = logits.gather(1, labels[:, None])[:, 0] - torch.logsumexp(logits - excluded, 1)
        (F.softplus(-odds[:images]).mean() + F.softplus(odds[images:]).mean()).backward()
        optimizer.step()

    return step


def conv_net_product(images, channels, classes):
    """The product of the Hessian of a small ConvNet's loss with a vector, its moments fixed."""
    net = small_conv_net(channels, classes).eval()
    parameters = list(net.parameters())
    vector = [torch.randn_like(p) for p in parameters]
    x, labels = torch.randn(images, channels, 32, 32), torch.arange(images) % classes

    def product():
        slopes = torch.autograd.grad(F.cross_entropy(net(x), labels), parameters, create_graph=True)
        torch.autograd.grad(sum((g * v).sum() for g, v in zip(slopes, vector)), parameters)

    return product


def conv_net_loss(images, channels, classes, compiled=False):
    """The loss of a small ConvNet, its moments fixed."""
    net = small_conv_net(channels, classes).eval()
    if compiled:
        net = torch.compile(net)
    x, labels = torch.randn(images, channels, 32, 32), torch.arange(images) % classes

    def evaluate():
        with torch.no_grad():
            # In batches that stay near the processor.
            return sum(F.cross_entropy(net(part), own, reduction="sum").item() for part, own in zip(x.split(64), labels.split(64)))

    return evaluate


def conv_net_root(directions, points, tolerance, examples, channels, classes):
    """The radius of a small ConvNet's basin to a tolerance: a scan for a bracket, then bisection. Batches as elsewhere."""
    net = small_conv_net(channels, classes).eval()
    weights = [p for p in net.parameters() if p.dim() > 1]
    anchor = [p.detach().clone() for p in weights]
    x, labels = torch.randn(examples, channels, 32, 32), torch.arange(examples) % classes

    def loss_at(direction, distance):
        for p, a, d in zip(weights, anchor, direction):
            p.copy_(torch.add(a, d, alpha=distance))
        return sum(F.cross_entropy(net(part), own, reduction="sum").item() for part, own in zip(x.split(64), labels.split(64)))

    def search():
        with torch.no_grad():
            for _ in range(directions):
                direction = [torch.randn_like(p) for p in anchor]
                for i in range(points):
                    loss_at(direction, (i + 1) / points)
                # What is left of the bracket's width does not depend on which half is kept.
                low, high = (points - 1) / points, 1.0
                while high - low > tolerance * high:
                    middle = (low + high) / 2
                    low, high = (low, middle) if loss_at(direction, middle) > 1e30 else (middle, high)

    return search


def conv_net_radii(directions, points, examples, channels, classes):
    """The loss of a small ConvNet at points of each direction, its moments fixed."""
    net = small_conv_net(channels, classes).eval()
    weights = [p for p in net.parameters() if p.dim() > 1]
    anchor = [p.detach().clone() for p in weights]
    x, labels = torch.randn(examples, channels, 32, 32), torch.arange(examples) % classes

    def scan():
        with torch.no_grad():
            for _ in range(directions):
                direction = [torch.randn_like(p) for p in anchor]
                for i in range(points):
                    for p, a, d in zip(weights, anchor, direction):
                        p.copy_(torch.add(a, d, alpha=0.05 * i))
                    # In batches that stay near the processor.
                    sum(F.cross_entropy(net(part), own, reduction="sum").item() for part, own in zip(x.split(64), labels.split(64)))

    return scan


WORKLOADS = {
    "conv-net": conv_net,
    "conv-net-loss": conv_net_loss,
    "conv-net-product": conv_net_product,
    "conv-net-radii": conv_net_radii,
    "conv-net-root": conv_net_root,
    "convolution": convolution,
    "matmul": matmul,
    "toy-lanczos": toy_lanczos,
    "toy-loss": toy_loss_loop,
    "toy-loss-batched": toy_loss_batched,
    "toy-radii-batched": toy_radii_batched,
    "toy-radii-loop": toy_radii_loop,
    "toy-step": toy_step_eager,
    "toy-step-batched": toy_step_batched,
    "toy-trace": toy_trace,
}


def compiled(workload):
    return lambda **settings: workload(**settings, compiled=True)


if hasattr(torch, "compile") and "--compile" in sys.argv:
    for workload in ["conv-net", "conv-net-loss", "toy-loss-batched", "toy-step-batched"]:
        WORKLOADS[workload + "-compiled"] = compiled(WORKLOADS[workload])

torch.set_num_threads(1)
serve("PyTorch " + torch.__version__.split("+")[0], WORKLOADS)
