"""Threads, memory, processes and the import."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import calcgrad
from calcgrad import symbols

x, y = symbols("x y")


def test_expressions_of_different_threads_go_together():
    def work(number):
        made = [(x**k + number * y).diff(x) for k in range(1, 40)]
        return calcgrad.total(made)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(64)))
    expected = calcgrad.total(k * x ** (k - 1) for k in range(1, 40))
    assert all(one == expected for one in found)
    assert calcgrad.total(found) == (64 * expected).expand()


def test_others_have_python_while_there_is_work():
    hard = calcgrad.parse("*".join(f"sin(x + {k})" for k in range(1, 60)))
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    start = time.perf_counter()
    hard.diff(x)
    end = time.perf_counter()
    done.set()
    ticker.join()
    during = [at for at in ticks if start < at < end]
    assert len(during) > (end - start) * 100


def test_memory_does_not_grow():
    script = """
import resource, calcgrad
x = calcgrad.symbol("x")
kept = [x + k for k in range(100)]
def rounds(first, last):
    for k in range(first, last):
        f = calcgrad.sin(k * x) * (x + k) ** 3 + kept[k % 100]
        if k % 100 == 0:
            f.diff(x)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = rounds(0, 60_000)
after = rounds(60_000, 300_000)
assert kept == [x + k for k in range(100)]
print(before, after)
assert after < 1.5 * before + 20_000
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_process_started_anew_reads_pickles():
    from multiprocessing import get_context

    with get_context("spawn").Pool(2) as pool:
        found = pool.map(calcgrad.diff, [x**2, x * calcgrad.sin(x)])
    assert found == [2 * x, calcgrad.sin(x) + x * calcgrad.cos(x)]


def test_numpy_and_sympy_are_not_imported():
    script = "import calcgrad, sys; print([m for m in ('numpy', 'sympy', 'dataclasses') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert found.stdout.strip() == b"[]"


def test_an_expression_keeps_little_more_than_itself():
    script = """
import resource, calcgrad
x, y = calcgrad.symbols("x y")
def rounds(first, last):
    for k in range(first, last):
        for j in range(4000):
            f = (k * x + j) ** 3 / (y + k * j)
        kept.append(f)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
kept = []
before = rounds(0, 15)
after = rounds(15, 150)
assert kept[3] == (3 * x + 3999) ** 3 / (y + 3 * 3999)
assert len(set(map(str, kept))) == 150
print(before, after)
assert after < 1.5 * before + 20_000
"""
    subprocess.run([sys.executable, "-c", script], check=True)
