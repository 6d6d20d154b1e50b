#!/usr/bin/env python3
"""Makes the operator's catalogue of deployment.toml keys from the JSON that was derived from the servers' templates.

usage: hack/key-catalogue.py deployment-toml-keys.json > src/main/resources/com/wso2/apim/operator/toml/keys.txt

The JSON maps a key path ("[]" a list, "*" any key, quotes around a segment with dots) to an object whose "in" names the
versions that know it (absent: all); "@versions" names them all. Everything else in it is left out here.
"""
import json
import re
import sys

SEGMENT = re.compile(r"'[^']*'(?:\[\])?|[^.']+")


def tree(catalogue):
    root = {}
    for path, known in sorted(catalogue.items()):
        if path.startswith("@"):
            continue
        # One key of the templates has a quote too many.
        segments = SEGMENT.findall(path.replace("''", "'"))
        node = root
        for segment in segments:
            node = node.setdefault(segment.replace("'", ""), {})
        # Inside, a node is a dictionary of its children; None holds the versions of a node that is itself a key.
        node[None] = known.get("in", [])
    return root


def write(node, depth):
    for name in sorted(name for name in node if name is not None):
        child = node[name]
        known = "" if None not in child else " ".join([" ="] + child[None])
        print(" " * depth + name + known)
        write(child, depth + 1)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        catalogue = json.load(file)
    print("# Made by hack/key-catalogue.py: keys that the servers read, by table. '=' marks a key and names the versions that")
    print("# know it, none for all; -tm is the Traffic Manager's own distribution; [] a list, * any name.")
    print("# versions " + " ".join(catalogue["@versions"]))
    write(tree(catalogue), 0)


if __name__ == "__main__":
    main()
