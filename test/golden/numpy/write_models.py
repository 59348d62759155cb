"""Writes models that hff-edge reads, with NumPy alone, as docs/format.md describes them.

    python3 write_models.py FOLDER

`layers.safetensors` has two dense layers of random numbers, `given.safetensors` has none: it takes
features as some backbone gives them. Both decide by linear discriminants that are fitted here, and
hold the statistics on which they can learn more classes. `expected.json` has samples and what each
model says of them by the formulas of the description.
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np

LABELS = ["sitting", "walking", "läuft"]
INPUTS = 12


def write_safetensors(path, metadata, tensors):
    """Tensors of float32, one after another."""
    header, start = {"__metadata__": metadata}, 0
    for name, values in tensors.items():
        end = start + 4 * values.size
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [start, end]}
        start = end
    text = json.dumps(header, ensure_ascii=False).encode("utf-8")
    text += b" " * (-len(text) % 8)
    data = b"".join(values.astype("<f4").tobytes() for values in tensors.values())
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def to_unit(rows):
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(lengths < 1e-6, 0, rows / np.maximum(lengths, 1e-6))


def features_of(network, tensors, x):
    """u of all layers side by side, [N, D]."""
    features = []
    for index, layer in enumerate(network["layers"]):
        if layer["type"] == "given":
            unit = to_unit(x)
        else:
            weight, bias = tensors[f"layers.{index}.weight"], tensors[f"layers.{index}.bias"]
            unit = to_unit(np.maximum(0, x @ weight + bias))
        features.append(unit)
        x = np.sqrt(unit.shape[1]) * unit
    return np.concatenate(features, axis=1)


def fit(features, owners):
    """Head and statistics from features [N, D] of the classes `owners` [N]."""
    classes = range(len(LABELS))
    counts = [int(np.sum(owners == c)) for c in classes]
    means = np.stack([features[owners == c].mean(axis=0) for c in classes])
    within = features - means[owners]
    covariance = within.T @ within / len(features)
    middle = means.mean(axis=0)
    apart = means - middle
    ridge = 0.05 * np.trace(covariance) / len(covariance)
    weights = np.linalg.solve(covariance + ridge * np.eye(len(covariance)), apart.T).T
    expected = 0.5 * np.sum(weights * apart, axis=1)
    lengths = np.linalg.norm(means, axis=1)
    along = np.sum(features * means[owners], axis=1) / lengths[owners]
    reaches = np.array([along[owners == c].mean() for c in classes])
    # covariance ≈ VᵀV + diagonal(variances), with the two largest directions as V.
    values, vectors = np.linalg.eigh(covariance)
    directions = (vectors[:, -2:] * np.sqrt(values[-2:])).T
    variances = np.maximum(0, np.diag(covariance) - np.sum(directions**2, axis=0))
    tensors = {
        "head.weights": weights,
        "head.offsets": -weights @ middle - expected,
        "head.expected": expected,
        "head.deviations": np.sqrt(np.sum(weights @ covariance * weights, axis=1)),
        "head.reaches": reaches,
        "statistics.means": means,
        "statistics.directions": directions,
        "statistics.variances": variances,
    }
    reach = float(np.abs(along - reaches[owners]).mean())
    return tensors, {"counts": counts, "directions": len(directions)}, reach


def scores_of(tensors, features):
    return features @ tensors["head.weights"].T + tensors["head.offsets"]


def typicality_of(tensors, features, reach):
    z = scores_of(tensors, features)
    best = z.argmax(axis=1)
    rows = np.arange(len(z))
    s = (z[rows, best] - tensors["head.expected"][best]) / tensors["head.deviations"][best]
    means = tensors["statistics.means"][best]
    along = np.sum(features * means, axis=1) / np.linalg.norm(means, axis=1)
    l = (along - tensors["head.reaches"][best]) / reach
    return -np.logaddexp(-s, -l)


def model_of(name, network, layers, samples, owners):
    """The model's JSON and its tensors in float32."""
    mean, deviation = [float(samples.mean())], [float(samples.std())]
    x = (samples - mean) / deviation
    features = features_of(network, layers, x)
    head, statistics, reach = fit(features, owners)
    typicality = typicality_of(head, features, reach)
    middle = float(np.median(typicality))
    # 5 % of known samples have a familiarity below 0.05.
    spread = (middle - float(np.quantile(typicality, 0.05))) / np.log(19)
    calibration = {"sharpness": 4.0, "reach": reach, "middle": middle, "spread": float(spread)}
    model = {
        "name": name,
        "version": 1,
        "labels": LABELS,
        "input": {
            "width": INPUTS, "height": 1, "channels": 1,
            "range": None, "mean": mean, "deviation": deviation, "fit": None,
        },
        "network": network,
        "training": None,
        "statistics": {**statistics, "calibration": calibration},
    }
    tensors = {**layers, **head}
    return model, {key: values.astype(np.float32) for key, values in tensors.items()}


def expected_of(model, tensors, samples):
    tensors = {key: values.astype(np.float64) for key, values in tensors.items()}
    x = (samples - model["input"]["mean"]) / model["input"]["deviation"]
    features = features_of(model["network"], tensors, x)
    calibration = model["statistics"]["calibration"]
    z = calibration["sharpness"] / tensors["head.expected"].mean() * scores_of(tensors, features)
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    typicality = typicality_of(tensors, features, calibration["reach"])
    known = 1 / (1 + np.exp((calibration["middle"] - typicality) / calibration["spread"]))
    return [
        {"scores": dict(zip(LABELS, map(float, own))), "familiarity": float(familiarity)}
        for own, familiarity in zip(shares, known)
    ]


def main(folder):
    random = np.random.default_rng(7)
    owners = np.repeat(np.arange(len(LABELS)), 40)
    centres = random.normal(0, 3, (len(LABELS), INPUTS))
    samples = centres[owners] + random.normal(0, 1, (len(owners), INPUTS))

    sizes = [INPUTS, 16, 10]
    layers, specs = {}, []
    for index, (inputs, units) in enumerate(zip(sizes, sizes[1:])):
        layers[f"layers.{index}.weight"] = random.normal(0, inputs**-0.5, (inputs, units))
        layers[f"layers.{index}.bias"] = random.normal(0, 0.1, units)
        # A head decides, so that these count for nothing; they must be of length 1.
        layers[f"layers.{index}.prototypes"] = to_unit(random.normal(0, 1, (len(LABELS), units)))
        specs.append({"type": "dense", "inputs": inputs, "units": units, "prototypes": [1, 1, 1]})
    common = {"sharpness": 30, "scale": 20, "voters": [0]}
    given = [{"type": "given", "inputs": INPUTS, "units": INPUTS, "of": "motion sensors"}]
    models = {
        "layers": model_of("layers", {"layers": specs, **common}, layers, samples, owners),
        "given": model_of("given", {"layers": given, **common}, {}, samples, owners),
    }

    # Of the classes, which are familiar, and between them, where scores are neither 0 nor 1.
    near = centres + random.normal(0, 1, centres.shape)
    asked = np.round(np.concatenate([near, near / 2 + random.normal(0, 2, near.shape)]), 3)
    expected = {"samples": asked.tolist()}
    for name, (model, tensors) in models.items():
        metadata = {"format": "hff-edge", "format_version": "1", "model": json.dumps(model)}
        write_safetensors(Path(folder) / f"{name}.safetensors", metadata, tensors)
        expected[name] = expected_of(model, tensors, asked)
    text = json.dumps(expected, indent=2, ensure_ascii=False)
    (Path(folder) / "expected.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
