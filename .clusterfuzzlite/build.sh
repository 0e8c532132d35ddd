#!/bin/bash -eu
# Builds every native fuzz target, each under the name of its package and its own.
cd "$SRC/airlock"
git grep -oE '^func Fuzz[A-Za-z0-9_]*' -- '*_test.go' | while IFS=: read -r file func; do
  package=$(dirname "$file")
  name=${func#func }
  compile_native_go_fuzzer "github.com/seed73825598/airlock/$package" "$name" "${package//\//_}_$name"
done
