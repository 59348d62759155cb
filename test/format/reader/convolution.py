"""A convolutional layer, in the formulas of docs/format.md."""

from reader.linear import affine_relu, product


def convolved(layer, weight, bias, aux, x):
    """What the layer hands on, and the features before the sphere."""
    image, kernel, padding = layer["inputs"], layer["kernel"], layer["padding"]
    width, height, channels = image["width"], image["height"], image["channels"]

    def seen(top, left):
        numbers = []
        for y in range(top, top + kernel):
            for column in range(left, left + kernel):
                inside = 0 <= y < height and 0 <= column < width
                at = (y * width + column) * channels
                numbers += x[at : at + channels] if inside else [0.0] * channels
        return numbers

    stride, pool, grid = layer["stride"], layer["pool"], layer["grid"]
    tops = range(-padding, height + padding - kernel + 1, stride)
    lefts = range(-padding, width + padding - kernel + 1, stride)
    pixels = [[affine_relu(seen(top, left), weight, bias) for left in lefts] for top in tops]
    down, across = len(tops) // pool, len(lefts) // pool
    pooled = [
        [
            largest([pixels[y * pool + i][c * pool + j] for i in range(pool) for j in range(pool)])
            for c in range(across)
        ]
        for y in range(down)
    ]
    features = []
    for i in range(grid):
        for j in range(grid):
            cell = [pooled[y][c] for y in part(i, down, grid) for c in part(j, across, grid)]
            features += product([sum(values) / len(cell) for values in zip(*cell)], aux)
    return [value for line in pooled for pixel in line for value in pixel], features


def largest(pixels):
    return [max(values) for values in zip(*pixels)]


def part(cell, length, grid):
    return range(cell * length // grid, -(-(cell + 1) * length // grid))
