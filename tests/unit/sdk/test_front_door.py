import subprocess
import sys

import pytest

import inroad


def test_names_are_sorted_and_all_there() -> None:
    constants_classes_functions = sorted(inroad.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name))

    assert inroad.__all__ == constants_classes_functions
    assert all(getattr(inroad, name) is not None for name in inroad.__all__)


def test_nothing_else_is_importable_by_accident() -> None:
    public = {name for name in vars(inroad) if name.isidentifier() and not name.startswith("_")}
    rooms = {"cli", "common", "contract", "sandbox", "sdk", "service", "testing", "web"}

    assert public <= set(inroad.__all__) | rooms
    assert set(dir(inroad)) == set(inroad.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = inroad.nothing_like_it


def test_heavy_libraries_are_loaded_late() -> None:
    heavy = "{'httpx2', 'httpcore2', 'joserfc', 'asyncio'}"
    program = f"import sys, inroad; inroad.Client, inroad.OAuth; print(sorted({heavy} & set(sys.modules)))"

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"


def test_values_are_imported_without_the_sdk() -> None:
    program = "import sys, inroad.common.urn; print(any(name.startswith('inroad.sdk') for name in sys.modules))"

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "False"
