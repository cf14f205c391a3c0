#!/bin/sh
# The newest PyTorch and JAX of PyPI, each in a virtual environment of its own under .work, which git ignores; the tests of this
# package find them there, besides the system's Python. PyTorch takes 6 GB, for PyPI's wheel brings CUDA along.
set -e
cd "$(dirname "$0")/../../.."
for name in ${*:-torch jax}; do
  python3 -m venv ".work/python/$name"
  ".work/python/$name/bin/pip" install --quiet "$name"
done
