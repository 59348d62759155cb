"""The safetensors container, and the numbers of a model's tensors."""

import json
import math
import struct
import sys
from array import array

DTYPES = {"F64": "d", "F32": "f", "F16": "e", "I8": "b"}
NEWEST = 1


class Refused(Exception):
    pass


def read_container(data, kind):
    """Metadata, and by name each tensor's dtype, shape and bytes."""
    (length,) = struct.unpack_from("<Q", data)
    if 8 + length > len(data):
        raise Refused("not safetensors: the header is longer than the file")
    header = json.loads(data[8 : 8 + length].decode("utf-8"))
    metadata = header.pop("__metadata__", {})
    if metadata.get("format") != kind:
        raise Refused(f"expected a file of the format {kind}")
    check_version(int(metadata["format_version"]))
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        content = data[8 + length + start : 8 + length + end]
        tensors[name] = (entry["dtype"], entry["shape"], content)
    return metadata, tensors


def check_version(version):
    if version > NEWEST:
        raise Refused(f"version {version} is newer than this reader, which knows {NEWEST}")


def numbers(tensor):
    dtype, shape, data = tensor
    if dtype == "F16":
        values = array("d", (half for (half,) in struct.iter_unpack("<e", data)))
    else:
        values = array(DTYPES[dtype])
        values.frombytes(data)
        if sys.byteorder == "big":
            values.byteswap()
    if len(values) != math.prod(shape):
        raise Refused("a tensor's shape and bytes differ")
    return values


def decoded(tensors):
    """By name, shape and numbers of each tensor of the model, those of int8 times their scales."""
    result = {}
    for name, tensor in tensors.items():
        if name == "learned" or name.endswith("_scale"):
            continue
        dtype, shape, _ = tensor
        values = numbers(tensor)
        if dtype == "I8":
            scales = numbers(tensors[f"{name}_scale"])
            width = shape[1]
            values = array("d", (q * scales[i // width] for i, q in enumerate(values)))
        result[name] = (shape, values)
    return result
