"""The stubs against what is there."""

import subprocess
import sys
from pathlib import Path

SETTINGS = str(Path(__file__).parent.parent / "pyproject.toml")

def run(*command):
    found = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_stubs_say_what_is_there(tmp_path):
    allowed = tmp_path / "allowed"
    allowed.write_text("calcgrad._calcgrad.__all__\n")
    module, settings = "calcgrad._calcgrad", ("--mypy-config-file", SETTINGS)
    run("mypy.stubtest", module, *settings, "--allowlist", str(allowed), "--concise")


def test_the_package_has_types():
    run("mypy", "--strict", "--config-file", SETTINGS, "-p", "calcgrad")


def test_what_users_write_has_types(tmp_path):
    script = tmp_path / "user.py"
    script.write_text(
        "import calcgrad\n"
        "x, y = calcgrad.symbols('x y')\n"
        "f: calcgrad.Expr = 2 * x**2 * calcgrad.sin(y) + 1\n"
        "g: list[calcgrad.Expr] = f.gradient(x, 'y')\n"
        "ok: bool = bool(calcgrad.verify('x', f))\n"
        "point: calcgrad.CriticalPoint = f.critical().points[0]\n"
        "try:\n"
        "    calcgrad.parse('(')\n"
        "except calcgrad.ParseError as error:\n"
        "    place: tuple[int, int] | None = error.span\n"
    )
    run("mypy", "--strict", str(script))
