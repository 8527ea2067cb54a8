#!/usr/bin/env bash
# The first hour with the program, in an empty folder: installed from a checkout, a project laid out, a document put there, a crate
# generated and compiled, an update of the document compared.
#
#     tests/first_hour.sh CHECKOUT EMPTY_FOLDER
set -euo pipefail
checkout=$(cd "$1" && pwd)
cd "$2"
[ -z "$(ls -A)" ] || { echo "$2 is not empty"; exit 2; }

cargo install --quiet --debug --locked --path "$checkout/generator/cli" --root installed
export PATH="$PWD/installed/bin:$PATH"
mkdir project && cd project

oasmith init
# The versions of a project that is known to compile, so that nothing is asked of a registry.
cp "$checkout/Cargo.lock" .

mkdir specs/pets
cat > specs/pets/openapi.yaml << 'YAML'
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.test"}]
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        "200":
          description: All of them.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
YAML
cargo xtask gen
cargo xtask gen --check
cargo check --quiet --workspace

git init --quiet --initial-branch main
git add --all
git -c user.name=none -c user.email=none@none.test commit --quiet --message "A client of pets"
sed -i 's/name: {type: string}/name: {type: string}, age: {type: integer}/' specs/pets/openapi.yaml
cargo xtask diff
cargo xtask gen
