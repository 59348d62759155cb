"""Rows of matrices and their products."""


def row(matrix, index):
    (_, width), values = matrix
    return values[index * width : (index + 1) * width]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def product(x, matrix):
    """x times a matrix."""
    sums = [0.0] * matrix[0][1]
    for i, value in enumerate(x):
        if value:
            for j, w in enumerate(row(matrix, i)):
                sums[j] += value * w
    return sums


def affine_relu(x, weight, bias):
    return [max(0.0, a + b) for a, b in zip(product(x, weight), bias[1])]
