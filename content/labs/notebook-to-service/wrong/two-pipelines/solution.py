"""From a notebook to a service: the entry. What it is made of stands in the package `late`."""

from late.metrics import metrics
from late.orders import from_payload, from_row
from late.service import Service, predict
from late.training import encode, split, train

__all__ = ["Service", "encode", "from_payload", "from_row", "metrics", "predict", "split", "train"]
