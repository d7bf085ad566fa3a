"""Pairs through Spark's RDD.pipe: each partition is the input of one process of calcgrad.

    CALCGRAD=target/release/calcgrad python spark_pipe.py PAIRS.jsonl [CORES]
"""

import json
import os
import shlex
import sys
import time

from pyspark.sql import SparkSession

from questions import request


def main() -> None:
    path, cores = sys.argv[1], (sys.argv + ["2"])[2]
    calcgrad = shlex.quote(os.path.abspath(os.environ.get("CALCGRAD", "calcgrad")))
    session = SparkSession.builder.master(f"local[{cores}]").appName("calcgrad").getOrCreate()
    context = session.sparkContext
    context.setLogLevel("ERROR")
    # The workers make the requests.
    context.addPyFile(os.path.join(os.path.dirname(os.path.abspath(__file__)), "questions.py"))
    start = time.perf_counter()
    pairs = context.textFile(path, minPartitions=4 * int(cores))
    # Spark has a process for each core.
    one_core = {"RAYON_NUM_THREADS": "1"}
    verdicts = pairs.map(request).pipe(f"{calcgrad} batch", one_core)
    counts = verdicts.map(lambda line: json.loads(line).get("verdict", "error")).countByValue()
    print(dict(counts), f"{time.perf_counter() - start:.1f} s")
    session.stop()


main()
