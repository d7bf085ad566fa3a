"""From pairs on standard input to requests of `calcgrad batch`."""

import json
import sys


def request(line: str) -> str:
    pair = json.loads(line)
    given = {"id": pair["id"], "command": "equal", "expr": pair["gold"], "other": pair["answer"]}
    return json.dumps(given)


if __name__ == "__main__":
    for line in sys.stdin:
        print(request(line))
