#!/bin/sh
# The newest peers of PyPI, each in a virtual environment of its own under .work, which git ignores: torch, jax, onnxruntime, or
# those that are named, such as scikit-learn. The bench finds them there, and so do the tests of evaluators and what makes fixtures.
# PyTorch takes 6 GB, for PyPI's wheel brings CUDA along.
set -e
cd "$(dirname "$0")/../.."
for name in ${*:-torch jax onnxruntime}; do
  python3 -m venv ".work/python/$name"
  case $name in
    # What exports the fixtures, and what bench/agreement.ts compares with.
    torch) more='onnx onnxscript safetensors numpy scipy curvlinops-for-pytorch pyhessian devinterp<2' ;;
    # What writes the models that it is timed with.
    onnxruntime) more=onnx ;;
    *) more= ;;
  esac
  ".work/python/$name/bin/pip" install --quiet "$name" $more
done
