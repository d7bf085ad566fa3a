#!/usr/bin/env python3
"""Asks a running `calcgrad serve` hostile requests, and says how much memory it has before and
after: `web/siege.py BINARY [COUNT [SEED]]`.

It starts the program, sends COUNT requests over several connections at a time (garbage, half
requests, false names, long bodies, deep and long formulas, formulas that take long), asks now and
then whether it still answers, and fails when it does not, or when its memory grows."""

import json
import random
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

BINARY = sys.argv[1]
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
HANDS = 16
FORMULAS = [
    "x^2", "sin(x)/x", "x^x^x^x^x", "(" * 300, "((((((x))))))^99", "1/0", "x'", "[[1,2],[3,4]]",
    "\\frac{1}{0}", "\\left(", "f = f", "f = g; g = f", "e^e^e^e^e^x", "9" * 3000, "x^999999999",
    "sum", "<script>", "\u202e\u0000", "𝒙²+𝛼", "sqrt(" * 90 + "x" + ")" * 90, "x*" * 900 + "x",
    "ln(sin(tan(x^3 + y^2*z)))", "piecewise(x > 0, x, -x)", "abs(x)*floor(y)", "(x+y+z)^20",
]
COMMANDS = ["diff", "gradient", "hessian", "taylor", "critical", "check", "equal", "read", "eval",
            "simplify", "factor", "graph", "implicit", "descend", "plot", "batch", "serve", ""]


def number(process):
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def post(rng, port):
    request = {"expr": rng.choice(FORMULAS), "command": rng.choice(COMMANDS)}
    for name in ["at", "wrt", "answer", "order", "format", "given", "lang", "shown", "steps"]:
        if rng.random() < 0.15:
            request[name] = rng.choice(["x", "x=1", 1, True, None, [], {}, "x+1", "mathml", "A[n]"])
    body = json.dumps(request).encode()
    if rng.random() < 0.1:
        body = body[: rng.randrange(len(body))]
    is_whole = rng.random() < 0.8
    length = len(body) if is_whole else rng.choice([0, 1, len(body) + 5])
    name = rng.choice([f"127.0.0.1:{port}"] * 9 + ["example.org"])
    head = f"POST /answer HTTP/1.1\r\nHost: {name}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + body, is_whole


def hostile(rng, port):
    kind = rng.random()
    host = f"Host: 127.0.0.1:{port}\r\n"
    if kind < 0.5:
        return post(rng, port)
    if kind < 0.6:
        return rng.randbytes(rng.randrange(400)), False
    if kind < 0.7:
        return post(rng, port)[0][: rng.randrange(100)], False
    if kind < 0.8:
        path = rng.choice(["/", "/main.js", "/../x", "/%00", "//", "/answer", "/" + "a" * 9000])
        return f"{rng.choice(['GET', 'HEAD', 'PUT', 'TRACE', 'get'])} {path} HTTP/1.1\r\n{host}\r\n".encode(), True
    if kind < 0.9:
        return f"GET / HTTP/1.1\r\n{host}{'X: y' * 10}\r\n".encode() + b"A: b\r\n" * rng.randrange(200), False
    size = rng.choice([10, 1 << 20, (1 << 20) + 1, 1 << 40])
    return f"POST /answer HTTP/1.1\r\n{host}Content-Type: application/json\r\nContent-Length: {size}\r\n\r\n".encode() + b"[" * 5000, False


def exchange(port, message, is_patient=True, is_whole=False):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        try:
            connection.sendall(message)
            if is_patient:
                # Who has said all and shuts up wants no answer any more, as far as can be seen.
                if not is_whole:
                    connection.shutdown(socket.SHUT_WR)
                parts = []
                while part := connection.recv(1 << 16):
                    parts.append(part)
                return b"".join(parts)
        except (ConnectionError, BrokenPipeError):
            pass
    return b""


def alive(port):
    body = b'{"expr":"x^2"}'
    head = f"POST /answer HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n"
    return b'"2*x"' in exchange(port, head.encode() + body, is_whole=True)


def main():
    process = subprocess.Popen([BINARY, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
    port = int(process.stdout.readline().strip().rstrip("/").rsplit(":", 1)[1])
    began = time.time()

    def hand(seed):
        rng = random.Random(seed)
        for _ in range(250):
            message, is_whole = hostile(rng, port)
            exchange(port, message, rng.random() < 0.8, is_whole)
        return 250

    sizes = []
    try:
        with ThreadPoolExecutor(HANDS) as hands:
            done = 0
            while done < COUNT:
                seeds = range(SEED + done, SEED + done + HANDS)
                done += sum(hands.map(hand, seeds))
                if not alive(port):
                    raise SystemExit(f"after {done} requests it does not answer")
                sizes.append(number(process))
                if len(sizes) in (1, 2, 5) or len(sizes) % 5 == 0 or done >= COUNT:
                    print(f"{done} requests, {time.time() - began:.0f} s, {sizes[-1]} kB", flush=True)
    finally:
        process.terminate()
        status = process.wait()
    early, late = max(sizes[: max(1, len(sizes) // 3)]), max(sizes[-3:])
    print(f"ended with {status}; at most {early} kB in the first third, {late} kB at the end")
    if status != 143 or late > early * 1.25 + 20_000:
        raise SystemExit("it grew, or did not end as it should")


main()
