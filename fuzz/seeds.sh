#!/bin/sh
# The corpora to begin with: the documents of the tests, copied to `$1/pipeline` and `$1/overlay`, and random bytes.
set -eu
cd "$(dirname "$0")/../tests"
mkdir -p "$1/pipeline" "$1/documents" "$1/diff" "$1/overlay"
for document in golden/*.yaml diagnostics/*.yaml diagnostics/*.json; do
    cp "$document" "$1/pipeline/$(echo "$document" | tr / _)"
done
for overlay in */*.overlay.yaml; do
    { cat "${overlay%.overlay.yaml}.yaml"; echo ---; cat "$overlay"; } > "$1/overlay/$(echo "$overlay" | tr / _)"
done
# A document is made of some hundred bytes, which mutations of an empty input take long to reach.
for seed in 1 2 3 4 5 6 7 8 9; do
    head -c "${seed}00" /dev/urandom > "$1/documents/$seed"
    head -c "${seed}00" /dev/urandom > "$1/diff/$seed"
done
