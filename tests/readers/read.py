"""Reads the YAML files that standard input names, in a JSON list, as PyYAML (YAML 1.1) and ruamel.yaml
(YAML 1.2) do. Prints for each file a JSON object with a list of documents for each reader."""
import json
import sys

import yaml
from ruamel.yaml import YAML


def plain(value):
    """A date, a key that is no text or a number that JSON lacks shows itself as what it was taken for."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else f"!{type(key).__name__} {key}": plain(of) for key, of in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or type(value) in (str, bool, int):
        return value
    return f"!{type(value).__name__} {value}"


def documents(load, path):
    try:
        with open(path, "rb") as file:
            return [plain(document) for document in load(file)]
    except Exception as error:
        return f"!{type(error).__name__} {error}"


readers = {"PyYAML": yaml.safe_load_all, "ruamel.yaml": YAML(typ="safe", pure=True).load_all}
found = [{name: documents(load, path) for name, load in readers.items()} for path in json.load(sys.stdin)]
json.dump(found, sys.stdout)
