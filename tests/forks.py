"""Processes of the product that are forked from one that has loaded it: each start costs a tenth of a new Python.

They are processes like any other, and are really killed. Whatever tests a start itself starts a new Python instead.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.proof.loaded"])


def fork(target: Callable[..., object], *arguments: object, out: Path, err: Path, **env: str) -> BaseProcess:
    """A process that calls a function of a module; what it writes goes to files, and it sees no other environment."""
    process: BaseProcess = _CONTEXT.Process(target=_enter, args=(target, arguments, out, err, env))
    process.start()
    return process


def _enter(
    target: Callable[..., Any], arguments: tuple[object, ...], out: Path, err: Path, env: Mapping[str, str]
) -> None:
    os.setsid()
    for file, number in ((out, 1), (err, 2)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), number)
    os.environ.clear()
    os.environ.update(env)
    sys.exit(target(*arguments))
