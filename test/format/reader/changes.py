"""What was learned: a file of changes, and which classes follow from it."""

import json

from reader.container import Refused, numbers, read_container


class Cell:
    """What one replica learned of one class: rows, each with its change, and what is folded."""

    def __init__(self, generation, plus=(), minus=(), count=0, folded=()):
        self.generation = generation
        self.plus = list(plus)
        self.minus = list(minus)
        self.folded_count = count
        self.folded = folded

    def count(self):
        return len(self.plus) - len(self.minus) + self.folded_count

    def total(self, dimension):
        total = list(self.folded) or [0.0] * dimension
        for rows, sign in ((self.plus, 1), (self.minus, -1)):
            for _, values in rows:
                total = [a + sign * b for a, b in zip(total, values)]
        return total


def read_changes(data):
    """The description, in which each cell has its rows."""
    metadata, tensors = read_container(data, "hff-edge-changes")
    changes = json.loads(metadata["changes"])
    triangle_length = changes["dimension"] * (changes["dimension"] + 1) // 2

    def rows_of(name):
        if name not in tensors:
            return iter(())
        shape = tensors[name][1]
        values = numbers(tensors[name])
        width = shape[1]
        return iter([values[i * width : (i + 1) * width] for i in range(shape[0])])

    rows, sums, triangles = rows_of("rows"), rows_of("sums"), rows_of("triangles")
    for part in changes["replicas"]:
        for cell in part["cells"]:
            cell["plus"] = [(at, next(rows)) for at in cell["plusAt"]]
            cell["minus"] = [(at, next(rows)) for at in cell["minusAt"]]
            cell["sum"] = next(sums) if cell["foldedCount"] is not None else ()
            if cell["foldedCount"] is not None and len(next(triangles)) != triangle_length:
                raise Refused("a triangle of another length")
    if any(list(rest) for rest in (rows, sums, triangles)):
        raise Refused("more rows than are described")
    return changes


def strongest(entries, key):
    """Of each id that which wins: the greater number, then the greater name of a replica."""
    winners = {}
    for id_, entry in entries:
        other = winners.get(id_)
        rank = (entry[key], entry["replica"])
        if other is None or rank > (other[key], other["replica"]):
            winners[id_] = entry
    return winners


def cells_of(parts):
    """What a replica learned, by class id, and up to which change all is known."""
    cells, reached, version, gap = {}, 0, 0, False
    for part in sorted(parts, key=lambda part: (part["since"], -part["version"])):
        if part["version"] <= reached:
            continue
        gap = gap or part["since"] > reached
        least = max(part["since"], reached)
        for change in part["cells"]:
            id_, generation = change["id"], change["generation"]
            known = cells.get(id_)
            if known and known.generation > generation:
                continue
            if change["isWhole"]:
                folded_count = change["foldedCount"] or 0
                cells[id_] = Cell(
                    generation, change["plus"], change["minus"], folded_count, change["sum"]
                )
                continue
            if not known or known.generation < generation:
                known = cells[id_] = Cell(generation)
            known.plus += [(at, values) for at, values in change["plus"] if at > least]
            known.minus += [(at, values) for at, values in change["minus"] if at > least]
        reached = part["version"]
        version = version if gap else reached
    return cells, version


def learned(changes, labels):
    """Classes with what was learned of them, those of the base first."""
    tombstones = strongest(changes["tombstones"], "count")
    names = strongest(changes["names"], "time")
    generations = {id_: tombstone["count"] for id_, tombstone in tombstones.items()}
    parts = {}
    for part in changes["replicas"]:
        parts.setdefault(part["replica"], []).append(part)
        for cell in part["cells"]:
            generations[cell["id"]] = max(generations.get(cell["id"], 0), cell["generation"])
    revoked = {replica for replica, _ in changes["revoked"]}
    dimension = changes["dimension"]
    classes = {}

    def class_of(id_):
        label = names[id_]["label"] if id_ in names else id_.split(":", 1)[1]
        nothing = {"label": label, "base": [], "count": 0, "sum": [0.0] * dimension}
        return classes.setdefault(label, nothing)

    for index, label in enumerate(labels):
        if generations.get(f"1:{label}", 0) == 0:
            class_of(f"1:{label}")["base"].append(index)
    versions = {}
    for replica, own in parts.items():
        cells, versions[replica] = cells_of(own)
        for id_, cell in cells.items():
            if replica in revoked or cell.generation < generations.get(id_, 0):
                continue
            entry = class_of(id_)
            entry["count"] += cell.count()
            entry["sum"] = [a + b for a, b in zip(entry["sum"], cell.total(dimension))]
    return {
        "fingerprint": changes["fingerprint"],
        "dimension": dimension,
        "versions": {replica: version for replica, version in versions.items() if version},
        "classes": in_order(classes.values(), len(labels)),
    }


def in_order(classes, base_count):
    """Those that show: of the base in its order, then others by the code units of their labels."""
    shown = [entry for entry in classes if entry["base"] or entry["count"] > 0]
    return sorted(
        shown,
        key=lambda entry: (
            min(entry["base"], default=base_count),
            entry["label"].encode("utf-16-be", "surrogatepass"),
        ),
    )
