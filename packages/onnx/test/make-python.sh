#!/bin/sh
# The Python that fixtures/make.py runs on, in a virtual environment under .work, which git ignores. PyTorch takes 6 GB, for PyPI's
# wheel brings CUDA along.
set -e
cd "$(dirname "$0")/../../.."
python3 -m venv .work/python/onnx
.work/python/onnx/bin/pip install --quiet torch onnx onnxscript safetensors numpy
