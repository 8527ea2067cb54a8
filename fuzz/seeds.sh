#!/bin/sh
# The corpora to begin with: the documents of the tests, copied to `$1/pipeline` and `$1/overlay`, and random bytes.
set -eu
cd "$(dirname "$0")/../tests"
mkdir -p "$1/pipeline" "$1/documents" "$1/diff" "$1/overlay" "$1/reader"
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
# A text for each of the reader's kinds of members.
cat > "$1/reader/plain" <<'JSON'
{"a":1,"b":18446744073709551615,"c":"-1","d":1.5e3,"e":true,"f":"\u00e9\ud83d\ude00","g":null,"h":[1],"i":{"x":null},"j":[1,null],
"k":"r","l":1,"m":{},"n":[],"o":"s","p":"127.0.0.1","q":"Zg==","r":"f","s":{"a":2},"t":{"id":1,"y":"z"},"u":null,"v":{"a":1,"b":[1,null]}}
JSON
cat > "$1/reader/every" <<'JSON'
{"a":{"d":"127.0.0.1"},"b":[{"a":{"l":1},"b":2},[{"l":1}],{"b":{"a":{}}}],"c":{"t":"l","a":{"l":1}},"d":[1,2.5,"x",[true]],"e":{"a":1},
"f":{"x":{"a":[[{}],{}]}},"g":[{"l":2},{"a":1,"b":[1,null]}]}
JSON
