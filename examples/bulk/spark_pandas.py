"""Pairs through the package of Python in PySpark's mapInPandas.

    python spark_pandas.py PAIRS.jsonl [CORES]
"""

import sys
import time
from collections.abc import Iterator

import calcgrad
import pandas as pd
from pyspark.sql import SparkSession


def verdicts(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for batch in batches:
        found = [calcgrad.verify(gold, answer) for gold, answer in zip(batch.gold, batch.answer)]
        yield pd.DataFrame({"is_equal": batch.is_equal, "verdict": [one.verdict for one in found]})


def main() -> None:
    path, cores = sys.argv[1], (sys.argv + ["2"])[2]
    session = SparkSession.builder.master(f"local[{cores}]").appName("calcgrad").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    start = time.perf_counter()
    pairs = session.read.json(path).repartition(4 * int(cores))
    found = pairs.mapInPandas(verdicts, "is_equal boolean, verdict string")
    found.groupBy("is_equal", "verdict").count().show()
    print(f"{time.perf_counter() - start:.1f} s")
    session.stop()


main()
