#!/bin/sh
# The newest peers of PyPI, each in a virtual environment of its own under .work, which git ignores: torch, jax, onnxruntime, or
# those that are named. The bench finds them there, and so do the tests of evaluators. PyTorch takes 6 GB, for PyPI's wheel brings
# CUDA along.
set -e
cd "$(dirname "$0")/../.."
for name in ${*:-torch jax onnxruntime}; do
  python3 -m venv ".work/python/$name"
  more=
  # The models that ONNX Runtime is timed with are written by this.
  test "$name" != onnxruntime || more=onnx
  ".work/python/$name/bin/pip" install --quiet "$name" $more
done
