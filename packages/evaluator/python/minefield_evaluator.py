"""Lets Minefield measure a PyTorch model where it is, without exporting it.

    import minefield_evaluator  # before anything prints: from here on, what is printed goes to standard error
    ...
    minefield_evaluator.serve(model, torch.nn.functional.cross_entropy, (inputs, labels))

Then: minefield spectrum --evaluator "python3 model.py". Run by hand, the same program says what it would offer.
"""

import contextlib
import json
import math
import os
import queue
import struct
import sys
import threading
import traceback

_pipes = None
if os.environ.pop("MINEFIELD_EVALUATOR", None) == "1":
    # The pipes belong to the protocol. Whoever prints or reads, Python or not, gets standard error and an empty file.
    _pipes = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    sys.stdout.flush()
    sys.stdout = sys.stderr

import torch  # noqa: E402: after the pipes are safe

PREFIX, MAGIC, MOST_HEADER, MOST_PAYLOAD = struct.Struct("<4sIQ"), b"MFE1", 2**24, 2**30


def serve(model, loss, data, *, name=None, predictions=None, nonnegative=False, batch=None, examples=None, vmap=None):
    """Answers Minefield's requests until it closes the pipe.

    model: a torch.nn.Module; it is put into eval mode. What requires no gradient stays as it is.
    loss: of the model's outputs and the targets, averaged over the examples that it is given.
    data: (inputs, targets), first axis examples; inputs may be a tuple of tensors. Or a loader of such pairs.
    predictions: makes log-probabilities [examples, classes] of outputs. Default: log_softmax, for cross_entropy.
    nonnegative: whether the loss of no example is below 0, so that a sum may stop early.
    batch, examples: how many points a request has, and how many examples are evaluated at once.
    vmap: whether many points are evaluated in one call, where PyTorch has torch.func. Default: on anything but a CPU.
    """
    attention = getattr(getattr(torch.nn, "attention", None), "sdpa_kernel", None)
    # Only this one has second derivatives.
    with attention(torch.nn.attention.SDPBackend.MATH) if attention else contextlib.nullcontext():
        served = _Model(model, loss, data, predictions, nonnegative, batch, examples, vmap)
        hello = served.hello(name)
        if _pipes is None:
            summary = {key: value for key, value in hello.items() if key != "layout"}
            print(f"loss {served.anchor_loss:.6g} at the point; offers {json.dumps(summary)}")
            print('measure it: minefield spectrum --evaluator "python3 ' + " ".join(sys.argv) + '"')
            return
        wire = _Wire()
        wire.send(hello, served.anchor.float())
        while True:
            header, payload = wire.inbox.get()
            served.check = lambda: wire.check(header["id"])
            try:
                answer = served.answer(header, payload)
                payload.end()
                wire.send({"id": header["id"]}, answer)
            except _Cancelled:
                wire.send({"id": header["id"], "cancelled": True})
            except Exception as error:  # Whatever it is, the other side is told, and goes on or not.
                said = f"{type(error).__name__}: {error}"[:1000]
                wire.send({"id": header["id"], "error": said, "trace": traceback.format_exc()[-8000:]})


class _Model:
    def __init__(self, model, loss, data, predictions, nonnegative, batch, examples, vmap):
        self.model, self.loss, self.nonnegative = model.eval(), loss, nonnegative
        self.named = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
        self.sizes = [p.numel() for _, p in self.named]
        kinds = {(p.dtype, p.device) for _, p in self.named}
        if len(kinds) != 1:
            raise ValueError(f"expected parameters of one type on one device, got {sorted(map(str, kinds))}")
        ((self.dtype, self.device),) = kinds
        if not (isinstance(data, (tuple, list)) and len(data) == 2 and torch.is_tensor(data[1])):
            data = [torch.cat(parts) for parts in zip(*data)]
        inputs, self.targets = data
        self.inputs = tuple(inputs) if isinstance(inputs, (tuple, list)) else (inputs,)
        self.count = len(self.targets)
        self.anchor = torch.cat([p.detach().reshape(-1) for _, p in self.named])
        self.kept_anchor, self.rows, self.check = None, {}, lambda: None
        self.batch = batch or max(1, min(32, 2**26 // len(self.anchor)))
        # On a CPU, a loop over points is as fast as all of them in one call, and much faster through convolutions.
        mapped = (self.device.type != "cpu" if vmap is None else vmap) and hasattr(torch, "func")
        cross = loss is torch.nn.functional.cross_entropy or isinstance(loss, torch.nn.CrossEntropyLoss)
        self.predictions = predictions or ((lambda out: out.log_softmax(-1)) if cross else None)
        self.classes, numbers, mean = self._probe()
        # About half a gigabyte of what is between the layers; all at once where parts say nothing of the whole.
        few = examples or max(1, 2**27 // (numbers * (self.batch if mapped else 1)))
        self.at_once = few if mean else self.count
        self.notes = [] if mean else ["the loss is no mean over examples, so they are evaluated all at once"]
        ((inputs, targets, _),) = self._parts(torch.arange(min(2, self.count)), 2)
        point, few = self.anchor, (inputs, targets)
        mapped = mapped and self._works("vmap", lambda: self._mapped(torch.stack([point, 1.01 * point]), *few))
        self.map = self._mapped if mapped else self._looped
        offers = {
            "losses-along": True,
            "examples": mean,
            "limit": mean and nonnegative,
            "predictions": self.classes is not None,
            "gradient": self._works("gradients", lambda: self._gradient(point, *few)),
            "hessian-vector": self._works("Hessian-vector products", lambda: self._product(point, point, *few)),
        }
        self.can = [word for word, offered in offers.items() if offered]
        self.anchor_loss, again = (float(self.losses(point[None])) for _ in range(2))
        if not math.isfinite(self.anchor_loss):
            raise ValueError(f"expected a finite loss at the point, got {self.anchor_loss}; has the model diverged?")
        if not abs(again - self.anchor_loss) <= 1e-3 * abs(again):
            raise ValueError(f"expected the same loss twice, got {self.anchor_loss} and {again}; is it random?")

    def _works(self, what, trial):
        """Whether the operations of a model can be mapped, or differentiated twice."""
        try:
            trial()
            return True
        except (RuntimeError, NotImplementedError) as error:
            self.notes.append(f"no {what}: {str(error).splitlines()[0][:200]}")
            return False

    def _probe(self):
        """Classes of a prediction (None without), numbers that an example makes, whether the loss is a mean."""
        numbers = [sum(x[0].numel() for x in self.inputs)]
        count = lambda module, inputs, out: numbers.append(out.numel() if torch.is_tensor(out) else 0)
        hooks = [module.register_forward_hook(count) for module in self.model.modules()]
        losses, classes = [], None
        for few in ([0], [0, 1], [1]) if self.count > 1 else [[0]]:
            ((inputs, targets, _),) = self._parts(torch.tensor(few), 2)
            with torch.no_grad():
                out = self.model(*inputs)
                losses.append(self.loss(out, targets))
                if self.predictions and torch.is_tensor(out):
                    made = self.predictions(out)
                    classes = made.shape[1] if made.dim() == 2 and len(made) == len(few) else None
            while hooks:
                hooks.pop().remove()
        if losses[0].dim() != 0:
            raise ValueError(f"expected a loss that is one number, got shape {list(losses[0].shape)}; average it")
        mean = len(losses) == 1 or bool(torch.isclose(losses[1], (losses[0] + losses[2]) / 2, rtol=1e-3, atol=1e-6))
        return classes, sum(numbers), mean

    def hello(self, name):
        roles = {}
        for module in self.model.modules():
            norm, transposed = ("Norm" in type(module).__name__), ("ConvTranspose" in type(module).__name__)
            for key, p in module.named_parameters(recurse=False):
                role = "kernel" if p.dim() > 1 else "scale"
                role = ("shift" if "bias" in key else "scale") if norm else "bias" if "bias" in key else role
                # PyTorch's kernels begin with the axis of their outputs; transposed convolutions have it second.
                roles.setdefault(p, {"role": role, **({"filterAxis": int(transposed)} if role == "kernel" else {})})
        return {
            "do": "hello",
            "name": name or f"{type(self.model).__name__} on {self.count} examples, by PyTorch {torch.__version__}",
            "dimension": len(self.anchor),
            "batch": self.batch,
            "examples": self.count,
            "classes": self.classes,
            "can": self.can,
            "notes": self.notes,
            "layout": [{"name": key, "shape": list(p.shape), **roles[p]} for key, p in self.named],
        }

    def answer(self, header, payload):
        what, size = header["do"], len(self.anchor)
        count, chosen = header.get("count", 1), header.get("examples")
        if what == "losses-along":
            distances = payload.take(torch.float64, count).to(self.dtype).to(self.device)
            rows, fresh = payload.take(torch.int32, count), payload.take(torch.int32, header["fresh"])
        few = None if chosen is None else payload.take(torch.int32, chosen).long()
        point = lambda *shape: payload.take(torch.float32, *shape).to(self.dtype).to(self.device)
        if what == "losses":
            return self.losses(point(count, size), few, header.get("limit"))
        if what == "losses-along":
            if header["anchor"]:
                self.kept_anchor = point(size).clone()
            for row, ray in zip(fresh.tolist(), point(len(fresh), size)):
                # A view would keep the whole payload.
                self.rows[row] = ray.clone()
            rays = torch.stack([self.rows[row] for row in rows.tolist()])
            return self.losses(self.kept_anchor + distances[:, None] * rays, few, header.get("limit"))
        if what == "gradient":
            return self.gradient(point(size), few).float()
        if what == "hessian-vector":
            return self.product(point(size), point(size), few).float()
        if what == "predictions":
            return torch.cat([self._predicted(theta, few) for theta in point(count, size)]).float()
        raise ValueError(f"expected a request that the hello offers, got {what!r}")

    def losses(self, thetas, few=None, limit=None):
        with torch.no_grad():
            return self._mean(lambda x, y: self.map(thetas, x, y).cpu().double(), few, limit)

    def gradient(self, theta, few=None):
        return self._mean(lambda x, y: self._gradient(theta, x, y), few)

    def product(self, theta, vector, few=None):
        return self._mean(lambda x, y: self._product(theta, vector, x, y), few)

    def _mean(self, function, few, limit=None):
        total, count = 0, self.count if few is None else len(few)
        for inputs, targets, size in self._parts(few, self.at_once):
            self.check()
            total = total + function(inputs, targets) * (size / count)
            # What is still to come is not below 0.
            if limit is not None and self.nonnegative and bool((total > limit).all()):
                break
        return total

    def _parts(self, few, most):
        for start in range(0, self.count if few is None else len(few), most):
            part = slice(start, start + most) if few is None else few[start : start + most]
            targets = self.targets[part].to(self.device)
            yield tuple(x[part].to(self.device) for x in self.inputs), targets, len(targets)

    def _at(self, theta, inputs, targets):
        pieces = zip(self.named, theta.split(self.sizes))
        values = {name: piece.view(p.shape) for (name, p), piece in pieces}
        return self.loss(torch.func.functional_call(self.model, values, inputs), targets)

    def _mapped(self, thetas, inputs, targets):
        return torch.func.vmap(lambda theta: self._at(theta, inputs, targets))(thetas)

    def _put(self, theta):
        with torch.no_grad():
            for (_, p), piece in zip(self.named, theta.split(self.sizes)):
                p.copy_(piece.view(p.shape))

    def _looped(self, thetas, inputs, targets):
        values = []
        for theta in thetas:
            self.check()
            self._put(theta)
            values.append(self.loss(self.model(*inputs), targets))
        return torch.stack(values)

    def _slope(self, value, **options):
        parameters = [p for _, p in self.named]
        slopes = torch.autograd.grad(value, parameters, allow_unused=True, **options)
        return torch.cat([(torch.zeros_like(p) if g is None else g).reshape(-1) for p, g in zip(parameters, slopes)])

    def _gradient(self, theta, inputs, targets):
        self._put(theta)
        return self._slope(self.loss(self.model(*inputs), targets)).detach()

    def _product(self, theta, vector, inputs, targets):
        self._put(theta)
        slope = self._slope(self.loss(self.model(*inputs), targets), create_graph=True)
        return self._slope(slope @ vector).detach() if slope.requires_grad else torch.zeros_like(vector)

    def _predicted(self, theta, few):
        self._put(theta)
        with torch.no_grad():
            return torch.cat([self.predictions(self.model(*x)) for x, _, _ in self._parts(few, self.at_once)])


class _Cancelled(Exception):
    pass


class _Payload:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, kind, *shape):
        count, size = math.prod(shape), torch.empty(0, dtype=kind).element_size()
        if count < 0 or self.at + count * size > len(self.data):
            raise ValueError(f"expected {count} numbers at byte {self.at} of a payload, got {len(self.data)} bytes")
        found = torch.empty(0, dtype=kind)
        if count > 0:
            found = torch.frombuffer(self.data, dtype=kind, count=count, offset=self.at)
        self.at += count * size
        return found.reshape(shape)

    def end(self):
        if self.at != len(self.data):
            raise ValueError(f"expected a payload of {self.at} bytes, got {len(self.data)}")


class _Wire:
    """Reads in a thread of its own, so that a request can be cancelled, and the end of the pipe ends a long one."""

    def __init__(self):
        self.inbox, self.cancelled = queue.Queue(2), 0
        threading.Thread(target=self._read, daemon=True).start()

    def check(self, number):
        if self.cancelled == number:
            raise _Cancelled

    def _read(self):
        try:
            while True:
                magic, head, size = PREFIX.unpack(self._exactly(PREFIX.size))
                if magic != MAGIC or head > MOST_HEADER or size > MOST_PAYLOAD:
                    raise ValueError(f"expected a frame of {MAGIC!r}, got {magic!r} with {head} and {size} bytes")
                header = json.loads(self._exactly(head))
                payload = _Payload(self._exactly(size))
                if header["do"] == "cancel":
                    self.cancelled = header["id"]
                else:
                    self.inbox.put((header, payload))
        except EOFError:
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)

    def _exactly(self, size):
        data, done = bytearray(size), 0
        while done < size:
            got = _pipes[0].readinto(memoryview(data)[done:])
            if not got:
                raise EOFError
            done += got
        return data

    def send(self, header, numbers=None):
        text, out = json.dumps(header).encode(), bytearray()
        if numbers is not None and numbers.numel() > 0:
            out = bytearray(numbers.numel() * numbers.element_size())
            torch.frombuffer(out, dtype=numbers.dtype).copy_(numbers.detach().reshape(-1))
        for piece in (PREFIX.pack(MAGIC, len(text), len(out)), text, out):
            _pipes[1].write(piece)
        _pipes[1].flush()
