#!/bin/sh
# Pairs through GNU parallel: parallel.sh PAIRS.jsonl [JOBS] > VERDICTS.jsonl
# Each job gets whole lines and works on one core; -k keeps the order of the file.
set -eu
export RAYON_NUM_THREADS=1
path="$(realpath "$1")"
calcgrad="$(realpath "$(command -v "${CALCGRAD:-calcgrad}")")"
cd "$(dirname "$0")"
python3 questions.py < "$path" |
    parallel --pipe -k --block 1M -j "${2:-100%}" "$calcgrad" batch
