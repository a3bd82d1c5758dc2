"""Which files of a folder Python's `Path.rglob` finds, as LangChain's DirectoryLoader calls it."""

from __future__ import annotations

import platform
import tempfile
from pathlib import Path

from golden import write_golden

SCRIPT = "globs.py"
FILES = [
    *["a", "b", "ab", "a.md", "b.md", "B.MD", ".a.md", "a.b.txt", "a-b.txt", "a]b", "[odd].txt", "o.txt", "(1).txt", "a|b", "a,b", "{a,b}", "!a", "^a", "-"],
    *["a\\b", "é.txt", "e\u0301.txt", "😀.txt", "a b", "a\nb", "aaaaaaaaab", "x/a", "x/a.md", "x/y/a.md", "x/y/z/c.md", "y/x/a.md", ".git/a", "xy/a.md", "9.txt"],
]
GLOBS = [
    *["*", "*.md", "*.MD", "?", "?.txt", "??.txt", "a*", "*a", "*a*", "a*b", "a?b", "*.*", "*.*.*", ".*", "*a*a*a*b", "**/*.md", "x/*", "x/*.md", "x/**/*.md"],
    *["x/**/a.md", "**/x/**/*", "*/*", "*/*.md", "?/a.md", "[ab]", "[!ab]", "[a-z].md", "[!a-z]*", "[z-a]*", "[a--z]*", "[]a]*", "[!]a]*", "[a-]*", "[-a]*", "a[]]b"],
    *["[[]odd].txt", "[odd].txt", "[", "[a", "a]b", "[!]", "[]", "(1).txt", "(*).txt", "a|b", "a,b", "!a", "[!!]a", "a\\b", "[\\]*", "a[\\]b", "é.txt", "[é😀].txt"],
    *["[à-ü].txt", "[a-é].txt", "[0-9].txt", "./a.md", "x/y/**/*", "***", "a**", "*?*", "x/[!b]", "[*]", "[?]", "x/*/a.md", "**/**/a.md"],
]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in FILES:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("")
        cases = []
        for glob in GLOBS:
            try:
                found = {path.relative_to(root).as_posix() for path in root.rglob(glob) if path.is_file()}
            except ValueError:
                # Before 3.13 a "**" beside other characters is an error.
                continue
            cases.append({"glob": glob, "files": sorted(found)})
    target = "packages/document-loaders/test/goldens/globs.json"
    print(write_golden(target, SCRIPT, [], cases, python=platform.python_version(), files=FILES))


if __name__ == "__main__":
    main()
