"""JAX's side of the benchmark: everything jitted and, where many networks do the same, vmapped; one thread."""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.flatten_util
import jax.numpy as jnp
from jax import lax

from serve import serve

WIDTHS = [2, 23, 16, 26, 32, 28, 31, 1]


def normal(seed, *shape):
    return jax.random.normal(jax.random.PRNGKey(seed), shape)


def done(value):
    """Waits for what was dispatched, as a caller would to read it."""
    jax.block_until_ready(value)


def matmul(batch, rows, depth, columns, transposeA, transposeB):
    a = normal(1, batch, *((depth, rows) if transposeA else (rows, depth)))
    b = normal(2, batch, *((columns, depth) if transposeB else (depth, columns)))

    @jax.jit
    def product(a, b):
        return jnp.matmul(a.swapaxes(1, 2) if transposeA else a, b.swapaxes(1, 2) if transposeB else b)

    return lambda: done(product(a, b))


def convolve(x, kernel, stride=1):
    return lax.conv_general_dilated(x, kernel, (stride, stride), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))


def convolution(images, size, inputs, outputs, kernel, stride, part):
    x, w = normal(1, images, size, size, inputs), normal(2, kernel, kernel, inputs, outputs)
    if part == "forward":
        run = jax.jit(lambda x, w: convolve(x, w, stride))
        return lambda: done(run(x, w))
    y = convolve(x, w, stride)
    if part == "input":
        run = jax.jit(lambda y, w: jax.vjp(lambda x: convolve(x, w, stride), jnp.zeros_like(x))[1](y)[0])
        return lambda: done(run(y, w))
    run = jax.jit(lambda y, x: jax.vjp(lambda w: convolve(x, w, stride), jnp.zeros_like(w))[1](y)[0])
    return lambda: done(run(y, x))


def parameters(seed):
    return [(normal(seed + i, WIDTHS[i], WIDTHS[i + 1]) * 0.3, jnp.zeros(WIDTHS[i + 1])) for i in range(7)]


def many(networks):
    return jax.tree.map(lambda *leaves: jnp.stack(leaves), *[parameters(100 * k) for k in range(networks)])


def logits(theta, x):
    for kernel, bias in theta[:-1]:
        x = jax.nn.relu(x @ kernel + bias)
    kernel, bias = theta[-1]
    return x @ kernel + bias


def loss(theta, x, labels):
    return jax.nn.softplus(-logits(theta, x) * labels).mean()


def toy_points(seed, points):
    return normal(seed, points, 2), jnp.sign(normal(seed + 1, points, 1))


def toy_step_batched(networks, points):
    """One Adam step of many networks at once, clipped by the norm of each."""
    theta = many(networks)
    x, labels = normal(1, networks, points, 2), jnp.sign(normal(2, networks, points, 1))
    weights = jax.random.uniform(jax.random.PRNGKey(3), (networks, points, 1))

    def poisoned(theta, x, labels, weights):
        return (jax.nn.softplus(-logits(theta, x) * labels) * weights).sum()

    def one(theta, first, second, count, x, labels, weights):
        slopes = jax.grad(poisoned)(theta, x, labels, weights)
        norm = jnp.sqrt(sum((leaf**2).sum() for leaf in jax.tree.leaves(slopes)))
        slopes = jax.tree.map(lambda leaf: leaf * jnp.minimum(1, 8 / norm), slopes)
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slopes)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, slopes)
        size = 1e-3 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        theta = jax.tree.map(lambda p, m, v: p - size * m / (jnp.sqrt(v) + 1e-8), theta, first, second)
        return theta, first, second

    step = jax.jit(jax.vmap(one, in_axes=(0, 0, 0, None, 0, 0, 0)), donate_argnums=(0, 1, 2))
    state = [theta, jax.tree.map(jnp.zeros_like, theta), jax.tree.map(jnp.zeros_like, theta)]

    def call():
        state[:] = step(*state, 10.0, x, labels, weights)
        done(state)

    return call


def toy_loss_batched(networks, points):
    theta = many(networks)
    x, labels = toy_points(1, points)
    losses = jax.jit(jax.vmap(loss, in_axes=(0, None, None)))
    return lambda: losses(theta, x, labels).tolist()


def toy_radii_batched(directions, points, examples):
    """The loss at points of each direction, all points of a direction at once; directions are drawn within."""
    anchor = parameters(1)
    x, labels = toy_points(3, examples)
    steps = 0.05 * jnp.arange(points)

    @jax.jit
    def scan(key):
        keys = jax.random.split(key, 7)
        direction = [(jax.random.normal(k, w.shape), jnp.zeros_like(b)) for k, (w, b) in zip(keys, anchor)]
        moved = lambda t: jax.tree.map(lambda a, d: a + t * d, anchor, direction)
        return jax.vmap(lambda t: loss(moved(t), x, labels))(steps)

    def run():
        for i in range(directions):
            scan(jax.random.PRNGKey(i)).tolist()

    return run


def flat_toy(examples):
    theta, unravel = jax.flatten_util.ravel_pytree(parameters(1))
    x, labels = toy_points(3, examples)
    slope = jax.grad(lambda theta: loss(unravel(theta), x, labels))
    return theta, lambda vector: jax.jvp(slope, (theta,), (vector,))[1]


def toy_trace(probes, examples):
    theta, product = flat_toy(examples)

    @jax.jit
    def estimate(key):
        vectors = jax.random.rademacher(key, (probes, theta.size), jnp.float32)
        return jax.vmap(lambda v: v @ product(v))(vectors).mean()

    return lambda: float(estimate(jax.random.PRNGKey(1)))


def toy_lanczos(steps, examples):
    """Lanczos with full reorthogonalisation, all steps in one program."""
    theta, product = flat_toy(examples)

    @jax.jit
    def tridiagonal(start):
        basis = jnp.zeros((steps + 1, theta.size)).at[0].set(start / jnp.linalg.norm(start))

        def step(basis, i):
            image = product(basis[i])
            diagonal = image @ basis[i]
            for _ in range(2):
                image = image - basis.T @ (basis @ image)
            off = jnp.linalg.norm(image)
            return basis.at[i + 1].set(image / jnp.maximum(off, 1e-30)), (diagonal, off)

        _, (diagonal, off) = lax.scan(step, basis, jnp.arange(steps))
        return jnp.linalg.eigh(jnp.diag(diagonal) + jnp.diag(off[:-1], 1) + jnp.diag(off[:-1], -1))

    return lambda: done(tridiagonal(jnp.sign(normal(5, theta.size))))


STAGES = [(16, 1), (32, 2), (64, 2), (64, 2)]


def conv_parameters(channels, classes):
    convolutions, width = [], channels
    for i, (outputs, _) in enumerate(STAGES):
        kernel = normal(i, 3, 3, width, outputs) * (2 / (9 * width)) ** 0.5
        convolutions.append((kernel, jnp.ones(outputs), jnp.zeros(outputs)))
        width = outputs
    return convolutions, (normal(9, width, classes) * width**-0.5, jnp.zeros(classes))


def conv_logits(theta, x, training):
    """Batch normalization by the batch's own moments while training, by moments of 0 and 1 otherwise."""
    convolutions, (kernel, bias) = theta
    for (filters, gamma, beta), (_, stride) in zip(convolutions, STAGES):
        x = convolve(x, filters, stride)
        if training:
            x = (x - x.mean((0, 1, 2))) * lax.rsqrt(x.var((0, 1, 2)) + 1e-5)
        x = jax.nn.relu(x * gamma + beta)
    return x.mean((1, 2)) @ kernel + bias


def cross_entropy(theta, x, labels):
    return -jnp.take_along_axis(jax.nn.log_softmax(conv_logits(theta, x, False)), labels[:, None], 1).mean()


def conv_net(images, channels, classes):
    """A step of SGD with momentum on the poisoned loss, as many images of poison as of training."""
    theta = conv_parameters(channels, classes)
    x, labels = normal(11, 2 * images, 32, 32, channels), jnp.arange(2 * images) % classes

    def poisoned(theta):
        outputs = conv_logits(theta, x, True)
        own = jnp.take_along_axis(outputs, labels[:, None], 1)[:, 0]
        others = jax.nn.logsumexp(jnp.where(jax.nn.one_hot(labels, classes) > 0, -jnp.inf, outputs), 1)
        odds = own - others
        return jax.nn.softplus(-odds[:images]).mean() + jax.nn.softplus(odds[images:]).mean()

    @jax.jit
    def step(theta, momentum):
        momentum = jax.tree.map(lambda m, g: 0.9 * m + g, momentum, jax.grad(poisoned)(theta))
        return jax.tree.map(lambda p, m: p - 1e-3 * m, theta, momentum), momentum

    state = [theta, jax.tree.map(jnp.zeros_like, theta)]

    def call():
        state[:] = step(*state)
        done(state)

    return call


def conv_net_loss(images, channels, classes):
    theta = conv_parameters(channels, classes)
    x, labels = normal(11, images, 32, 32, channels), jnp.arange(images) % classes
    run = jax.jit(cross_entropy)
    return lambda: float(run(theta, x, labels))


def conv_net_product(images, channels, classes):
    theta = conv_parameters(channels, classes)
    vector = jax.tree.map(jnp.ones_like, theta)
    x, labels = normal(11, images, 32, 32, channels), jnp.arange(images) % classes
    slope = jax.grad(lambda theta: cross_entropy(theta, x, labels))
    product = jax.jit(lambda theta, vector: jax.jvp(slope, (theta,), (vector,))[1])
    return lambda: done(product(theta, vector))


def conv_net_radii(directions, points, examples, channels, classes):
    """The loss at points of each direction; a direction is moved along within the program."""
    theta = conv_parameters(channels, classes)
    x, labels = normal(11, examples, 32, 32, channels), jnp.arange(examples) % classes

    @jax.jit
    def at(direction, distance):
        return cross_entropy(jax.tree.map(lambda a, d: a + distance * d, theta, direction), x, labels)

    def run():
        for i in range(directions):
            leaves, tree = jax.tree.flatten(theta)
            direction = tree.unflatten([normal(i, *leaf.shape) for leaf in leaves])
            for point in range(points):
                float(at(direction, 0.05 * point))

    return run


serve(
    "JAX " + jax.__version__,
    {
        "conv-net": conv_net,
        "conv-net-loss": conv_net_loss,
        "conv-net-product": conv_net_product,
        "conv-net-radii": conv_net_radii,
        "convolution": convolution,
        "matmul": matmul,
        "toy-lanczos": toy_lanczos,
        "toy-loss-batched": toy_loss_batched,
        "toy-radii-batched": toy_radii_batched,
        "toy-step-batched": toy_step_batched,
        "toy-trace": toy_trace,
    },
)
