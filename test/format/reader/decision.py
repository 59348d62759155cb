"""How a model decides, in the formulas of docs/format.md."""

import math

from reader.convolution import convolved
from reader.linear import affine_relu, dot, row


def norm(a):
    return math.sqrt(dot(a, a))


def softmax(values):
    largest = max(values)
    powers = [math.exp(value - largest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]


def standardised(raw, spec):
    mean, deviation = spec["mean"], spec["deviation"]
    n = len(mean)
    return [(value - mean[i % n]) / deviation[i % n] for i, value in enumerate(raw)]


def layer_scores(unit, prototypes, counts, beta):
    """s_c of each class from its own prototypes, which lie class after class."""
    scores = []
    first = 0
    for count in counts:
        own = [beta * dot(unit, row(prototypes, first + k)) for k in range(count)]
        largest = max(own)
        mean = sum(math.exp(t - largest) for t in own) / count
        scores.append((largest + math.log(mean)) / beta)
        first += count
    return scores


def forward(spec, tensors, raw):
    """The features, and the mean scores of the voters."""
    network = spec["network"]
    layers = network["layers"]
    x = standardised(raw, spec["input"])
    features, votes = [], [0.0] * len(spec["labels"])
    for index, layer in enumerate(layers):
        if layer["type"] == "given":
            length = norm(x)
            features += [value / length if length >= 1e-6 else 0.0 for value in x]
            continue
        weight, bias, aux = (
            tensors.get(f"layers.{index}.{part}") for part in ("weight", "bias", "aux")
        )
        if layer["type"] == "conv":
            x, activation = convolved(layer, weight, bias, aux, x)
        else:
            activation = affine_relu(x, weight, bias)
        length = norm(activation)
        unit = [a / length if length >= 1e-6 else 0.0 for a in activation]
        prototypes = tensors[f"layers.{index}.prototypes"]
        scores = layer_scores(unit, prototypes, layer["prototypes"], network["sharpness"])
        if index in network["voters"]:
            votes = [v + s / len(network["voters"]) for v, s in zip(votes, scores)]
        if index in network.get("features", range(len(layers))):
            features += unit
        if layer["type"] == "dense":
            x = [math.sqrt(layer["units"]) * u for u in unit]
    return features, votes


def with_votes(z, features, share, weights, expected):
    """Classes whose votes are zeros in the file keep the scores of their sums."""
    known = [c for c in range(len(z)) if any(row(weights, c))]
    unit = sum(expected[c] for c in known) / max(1, len(known))
    both = {c: (1 - share) * z[c] + share * unit * dot(row(weights, c), features) for c in known}
    shift = max(z[c] for c in known) - max(both.values()) if known else 0
    return [both[c] + shift if c in both else score for c, score in enumerate(z)]


def decide(spec, tensors, raw):
    """By the head of base training, or by prototypes where there is none."""
    features, votes = forward(spec, tensors, raw)
    if "statistics" not in spec:
        scores = softmax([spec["network"]["scale"] * vote for vote in votes])
        return {"scores": list(zip(spec["labels"], scores)), "familiarity": 1}
    calibration = spec["statistics"]["calibration"]
    offsets, expected, deviations, reaches = (
        tensors[f"head.{part}"][1] for part in ("offsets", "expected", "deviations", "reaches")
    )
    weights, means = tensors["head.weights"], tensors["statistics.means"]
    z = [dot(row(weights, c), features) + offset for c, offset in enumerate(offsets)]
    share = spec["statistics"].get("prototypeShare")
    if share:
        z = with_votes(z, features, share, tensors["statistics.votes"], expected)
    sharpness = calibration["sharpness"] / max(sum(expected) / len(expected), 1e-30)
    best = z.index(max(z))
    s = (z[best] - expected[best]) / deviations[best]
    mean = row(means, best)
    along = dot(features, mean) / norm(mean) if any(mean) else 0
    surplus = (along - reaches[best]) / calibration["reach"]
    lower = min(s, surplus)
    typicality = lower - math.log1p(math.exp(-abs(s - surplus)))
    known = 1 / (1 + math.exp((calibration["middle"] - typicality) / calibration["spread"]))
    scores = softmax([sharpness * score for score in z])
    return {"scores": list(zip(spec["labels"], scores)), "familiarity": known}
