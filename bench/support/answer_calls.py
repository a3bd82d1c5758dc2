"""The child process of PeerProcess in Python: answers each line {"call": NAME, …} by the function of that name, or with an error."""

import json
import os
import sys


def answer_calls(**answers) -> None:
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # Output of libraries goes to standard error.
    for line in sys.stdin:
        body = json.loads(line)
        try:
            answer = answers[body.pop("call")](**body) or {}
        except Exception as error:  # noqa: BLE001: the parent process prints any error
            answer = {"error": f"{type(error).__name__}: {error}"[:1000]}
        out.write(json.dumps(answer) + "\n")
        out.flush()
