"""PyTorch's ResNet-20 on the GPU, or on the processor where there is none; timed by the clock on the wall."""

import time

import torch
import torch.nn.functional as F

from serve import serve

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


class Block(torch.nn.Module):
    """Two convolutions and a shortcut without parameters: every other pixel, and zeros for new channels."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = torch.nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.second = torch.nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.norms = torch.nn.ModuleList([torch.nn.BatchNorm2d(outputs) for _ in range(2)])
        self.stride, self.more = stride, outputs - inputs

    def forward(self, x):
        y = self.norms[1](self.second(F.relu(self.norms[0](self.first(x)))))
        return F.relu(y + F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.more)))


def res_net(channels, classes):
    layers = [torch.nn.Conv2d(channels, 16, 3, padding=1, bias=False), torch.nn.BatchNorm2d(16), torch.nn.ReLU()]
    width = 16
    for stage, outputs in enumerate([16, 32, 64]):
        for block in range(3):
            layers.append(Block(width, outputs, 2 if stage > 0 and block == 0 else 1))
            width = outputs
    layers += [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(width, classes)]
    return torch.nn.Sequential(*layers).to(DEVICE)


def waited(call):
    """The GPU works on after a call has returned."""

    def run():
        call()
        if DEVICE == "cuda":
            torch.cuda.synchronize()

    return run


def step(images, channels, classes):
    """SGD with momentum on the poisoned loss, as many images of poison as of training."""
    net = res_net(channels, classes)
    optimizer = torch.optim.SGD(net.parameters(), lr=1e-3, momentum=0.9)
    x = torch.randn(2 * images, channels, 32, 32, device=DEVICE)
    labels = torch.arange(2 * images, device=DEVICE) % classes
    excluded = torch.zeros(2 * images, classes, device=DEVICE).scatter_(1, labels[:, None], 1e30)

    def run():
        optimizer.zero_grad(set_to_none=True)
        logits = net(x)
        odds = logits.gather(1, labels[:, None])[:, 0] - torch.logsumexp(logits - excluded, 1)
        (F.softplus(-odds[:images]).mean() + F.softplus(odds[images:]).mean()).backward()
        optimizer.step()

    return waited(run)


def losses(points, images, channels, classes):
    """The loss at points of a direction."""
    net = res_net(channels, classes).eval()
    weights = [p for p in net.parameters() if p.dim() > 1]
    anchor = [p.detach().clone() for p in weights]
    direction = [torch.randn_like(p) for p in anchor]
    x = torch.randn(images, channels, 32, 32, device=DEVICE)
    labels = torch.arange(images, device=DEVICE) % classes

    def run():
        with torch.no_grad():
            for i in range(points):
                for p, a, d in zip(weights, anchor, direction):
                    p.copy_(torch.add(a, d, alpha=1e-3 * i))
                F.cross_entropy(net(x), labels).item()

    return waited(run)


name = torch.cuda.get_device_name() if DEVICE == "cuda" else "processor"
serve(f"PyTorch {torch.__version__.split('+')[0]} on {name}", {"step": step, "losses": losses}, time.perf_counter)
