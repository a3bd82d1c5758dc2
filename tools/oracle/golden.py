"""Writes golden files: expected values with the versions of the libraries that made them, the same bytes in each run."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path
from typing import Any, Iterable

REPOSITORY = Path(__file__).resolve().parents[2]
# Development texts are next to the repository, never in it; scripts skip the parts that need them if they are missing.
SHARED_DATA = REPOSITORY.parent / "shared" / "data"


def write_golden(path: str | Path, script: str, libraries: Iterable[str], cases: Any, **facts: Any) -> Path:
    """Writes `cases` to `path` (relative to the repository) with the script's name and each library's version."""
    target = REPOSITORY / path
    target.parent.mkdir(parents=True, exist_ok=True)
    certificate = {"generatedBy": f"tools/oracle/{script}"}
    certificate.update({name: importlib.metadata.version(name) for name in sorted(libraries)})
    document = {"certificate": certificate, **facts, "cases": cases}
    text = json.dumps(document, ensure_ascii=True, indent=1, allow_nan=False) + "\n"
    temporary = target.with_suffix(target.suffix + ".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(target)
    return target
