"""Checks that hf-runtime and Python's huggingface_hub share one cache, both ways, against a loopback hub.

Writes packages/hf-runtime/test/goldens/files/python_cache.json: the cache that Python made, entry by entry, which the
tests write again to read it. Needs node and the workspace's node_modules. Fails when Python cannot read our cache.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from golden import REPOSITORY, write_golden

TESTS = REPOSITORY / "packages/hf-runtime/test/files"
GOLDEN = "packages/hf-runtime/test/goldens/files/python_cache.json"
MODEL = "acme/tiny-reranker"
SMALL, LARGE = "config.json", "onnx/model.onnx"
# Larger contents are random and of no interest: their size is kept.
TEXT_LIMIT_BYTES = 1000


def python_writes(endpoint: str, cache: Path) -> list[dict]:
    """Lets huggingface_hub fill a cache, and lists it."""
    from huggingface_hub import hf_hub_download

    for name in (SMALL, LARGE):
        hf_hub_download(MODEL, name, cache_dir=cache, endpoint=endpoint)
    return [entry(cache, path) for path in sorted(cache.rglob("*")) if path.is_symlink() or path.is_file()]


def entry(cache: Path, path: Path) -> dict:
    name = path.relative_to(cache).as_posix()
    if path.is_symlink():
        return {"path": name, "link": os.readlink(path)}
    content = path.read_bytes()
    if len(content) > TEXT_LIMIT_BYTES:
        return {"path": name, "sizeBytes": len(content)}
    return {"path": name, "text": content.decode("utf-8")}


def node_writes(endpoint: str, cache: Path, symlinks: bool) -> None:
    """Lets hf-runtime fill a cache."""
    options = {"model": MODEL, "endpoint": endpoint, "cacheDir": str(cache), "localFilesOnly": False}
    environment = {**os.environ, "HF_HUB_DISABLE_SYMLINKS": "0" if symlinks else "1"}
    for name in (SMALL, LARGE):
        command = ["node", str(TESTS / "download-in-child.cjs"), json.dumps(options), name]
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def python_reads(cache: Path, symlinks: bool) -> None:
    """Reads a cache as transformers does offline, and lists it as `hf cache` does."""
    from huggingface_hub import hf_hub_download, scan_cache_dir, snapshot_download, try_to_load_from_cache

    for name in (SMALL, LARGE):
        path = hf_hub_download(MODEL, name, cache_dir=cache, local_files_only=True)
        assert try_to_load_from_cache(MODEL, name, cache_dir=cache) == path, path
    assert json.loads(Path(hf_hub_download(MODEL, SMALL, cache_dir=cache, local_files_only=True)).read_text())
    snapshot = Path(snapshot_download(MODEL, cache_dir=cache, local_files_only=True))
    assert (snapshot / LARGE).stat().st_size == 300_000
    found = scan_cache_dir(cache)
    assert not found.warnings, found.warnings
    [repository] = found.repos
    assert repository.repo_id == MODEL and repository.nb_files == 2, repository
    assert repository.refs == {"main": next(iter(repository.revisions))}, repository.refs
    print(f"Python read the cache that hf-runtime wrote ({'links' if symlinks else 'files'})")


def main() -> None:
    hub = subprocess.Popen(
        ["node", str(TESTS / "serve-loopback-hub.cjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        endpoint = hub.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as folder:
            for symlinks in (True, False):
                cache = Path(folder) / f"node-{symlinks}"
                node_writes(endpoint, cache, symlinks)
                python_reads(cache, symlinks)
            cases = python_writes(endpoint, Path(folder) / "python")
        print("wrote", write_golden(GOLDEN, "hub_cache.py", ["huggingface_hub"], cases))
    finally:
        hub.stdin.close()
        hub.wait()


if __name__ == "__main__":
    main()
