"""Reads a model file or an entry of a journal and prints as JSON what it holds.

    python3 read_model.py MODEL.safetensors [INPUT.json]
    python3 read_model.py ENTRY

INPUT.json is a list of raw values of one sample. Written from docs/format.md, with nothing but
Python's own library.
"""

import json
import math
import struct
import sys
import zlib

from reader.changes import learned, read_changes
from reader.container import Refused, check_version, decoded, read_container
from reader.decision import decide


def fingerprint(spec, tensors):
    a, b = 0x811C9DC5, 0x1B873593
    texts = []
    for index, layer in enumerate(spec["network"]["layers"]):
        if layer["type"] == "given":
            own = {key: layer[key] for key in ("type", "inputs", "units", "of")}
            texts.append(json.dumps(own, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
            continue
        for part in ("weight", "bias", "aux", "prototypes"):
            name = f"layers.{index}.{part}"
            if name not in tensors:
                continue
            texts += [name.encode("utf-8"), tensors[name][2]]
            if tensors[name][0] == "I8":
                texts.append(tensors[f"{name}_scale"][2])
    known = [spec["network"].get("features"), spec["labels"]]
    texts.append(json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
    for text in texts:
        for byte in text:
            a = ((a ^ byte) * 0x01000193) & 0xFFFFFFFF
            b = ((b ^ byte) * 0x85EBCA6B + 1) & 0xFFFFFFFF
    return f"{a:08x}{b:08x}"


def tell_model(data, raw):
    metadata, tensors = read_container(data, "hff-edge")
    spec = json.loads(metadata["model"])
    values = decoded(tensors)
    told = {
        "spec": spec,
        "fingerprint": fingerprint(spec, tensors),
        "tensors": {
            name: {
                "dtype": tensors[name][0],
                "shape": shape,
                "sum": math.fsum(own),
                "squares": math.fsum(value * value for value in own),
            }
            for name, (shape, own) in values.items()
        },
    }
    if raw is not None:
        told["decision"] = decide(spec, values, raw)
    if "learned" in tensors and tensors["learned"][2]:
        changes = read_changes(tensors["learned"][2])
        if changes["fingerprint"] != told["fingerprint"]:
            raise Refused("what was learned belongs to other layers")
        told["learned"] = learned(changes, spec["labels"])
    return told


def tell_entry(data):
    (checksum,) = struct.unpack("<I", data[-4:])
    if zlib.crc32(data[:-4]) != checksum:
        raise Refused("the entry is damaged: its CRC is another")
    version, length = struct.unpack_from("<II", data, 4)
    check_version(version)
    told = {"head": json.loads(data[12 : 12 + length].decode("utf-8")), "checksum": checksum}
    changes = data[12 + length : -4]
    if changes:
        told["learned"] = learned(read_changes(changes), [])
    return told


def main(path, raw_path=None):
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] == b"HFFJ":
        return tell_entry(data)
    raw = None
    if raw_path:
        with open(raw_path, encoding="utf-8") as file:
            raw = json.load(file)
    return tell_model(data, raw)


if __name__ == "__main__":
    try:
        print(json.dumps(main(*sys.argv[1:])))
    except Refused as refusal:
        sys.exit(str(refusal))
