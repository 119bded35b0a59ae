"""What `make bench` and `make peers` run, one thread of linear algebra each, so that CPU seconds can be compared."""

import os

# Read as numpy loads, which this precedes: `python -m benchmarks.<name>`.
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
os.environ.update(THREADS)
