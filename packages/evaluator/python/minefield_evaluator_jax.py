"""Lets Minefield measure a JAX model where it is.

    import minefield_evaluator_jax  # before anything prints: from here on, what is printed goes to standard error
    ...
    minefield_evaluator_jax.serve(loss, parameters)

Then: minefield spectrum --evaluator "python3 model.py".
"""

import json
import os
import struct
import sys
import traceback

_pipes = None
if os.environ.pop("MINEFIELD_EVALUATOR", None) == "1":
    _pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.stdout.flush()
    sys.stdout = sys.stderr

import jax  # noqa: E402: after the pipes are safe
import jax.flatten_util  # noqa: E402
import numpy as np  # noqa: E402

PREFIX = struct.Struct("<4sIQ")


def serve(loss, parameters, *, name="a JAX model", batch=32):
    """Answers Minefield's requests until it closes the pipe. loss: of the parameters, a pytree of arrays of one type."""
    flat, unravel = jax.flatten_util.ravel_pytree(parameters)
    at = lambda theta: loss(unravel(theta.astype(flat.dtype)))
    mapped = jax.jit(jax.vmap(at))

    def losses(thetas):
        # Each number of points is compiled anew, so only powers of two are.
        spare = (1 << (len(thetas) - 1).bit_length()) - len(thetas)
        return np.asarray(mapped(np.concatenate([thetas, np.repeat(thetas[:1], spare, 0)])), "<f8")[: len(thetas)]

    gradient = jax.jit(jax.grad(at))
    product = jax.jit(lambda theta, vector: jax.jvp(jax.grad(at), (theta,), (vector,))[1])
    leaves = jax.tree_util.tree_leaves_with_path(parameters)
    # Kernels end with the axis of their outputs here, which is what a layout takes for granted.
    role = lambda key, leaf: "kernel" if leaf.ndim > 1 else "scale" if "scale" in key else "bias"
    layout = [
        {"name": jax.tree_util.keystr(path), "shape": list(leaf.shape), "role": role(jax.tree_util.keystr(path), leaf)}
        for path, leaf in leaves
    ]
    hello = {"do": "hello", "name": name, "dimension": len(flat), "batch": batch, "layout": layout}
    hello["can"] = ["losses-along", "gradient", "hessian-vector"]
    if _pipes is None:
        print(f"loss {float(at(flat)):.6g} at the point of {len(flat)} parameters; measure it with --evaluator")
        return
    _send(hello, np.asarray(flat, "<f4"))
    anchor, rows = None, {}
    while (frame := _receive()) is not None:
        header, payload = frame
        what, count, place = header["do"], header.get("count", 1), 0

        def take(kind, *shape):
            nonlocal place
            found = np.frombuffer(payload, kind, int(np.prod(shape)), place).reshape(shape)
            place += found.nbytes
            return found

        try:
            if what == "losses":
                answer = losses(take("<f4", count, len(flat)))
            elif what == "losses-along":
                distances, picked, fresh = take("<f8", count), take("<u4", count), take("<u4", header["fresh"])
                anchor = take("<f4", len(flat)) if header["anchor"] else anchor
                rows.update(zip(fresh.tolist(), take("<f4", len(fresh), len(flat))))
                rays = np.stack([rows[row] for row in picked.tolist()])
                answer = losses((anchor + distances[:, None] * rays).astype("f4"))
            elif what == "gradient":
                answer = np.asarray(gradient(take("<f4", len(flat))), "<f4")
            elif what == "hessian-vector":
                answer = np.asarray(product(take("<f4", len(flat)), take("<f4", len(flat))), "<f4")
            else:
                continue  # A request is answered before the next is read: too late to cancel it.
            _send({"id": header["id"]}, answer)
        except Exception as error:  # Whatever it is, the other side is told.
            _send({"id": header["id"], "error": str(error)[:1000], "trace": traceback.format_exc()[-8000:]})


def _receive():
    prefix = _pipes[0].read(PREFIX.size)
    if len(prefix) < PREFIX.size:
        return None
    magic, head, size = PREFIX.unpack(prefix)
    if magic != b"MFE1" or head > 2**24 or size > 2**30:
        raise ValueError(f"expected a frame of MFE1, got {magic!r} with {head} and {size} bytes")
    return json.loads(_pipes[0].read(head)), _pipes[0].read(size)


def _send(header, numbers=np.empty(0)):
    text = json.dumps(header).encode()
    _pipes[1].write(PREFIX.pack(b"MFE1", len(text), numbers.nbytes) + text + numbers.tobytes())
    _pipes[1].flush()
