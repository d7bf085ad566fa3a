#!/usr/bin/env bash
# Brings the files of others up to the versions of package.json: copies them out of node_modules
# into page/vendor and writes down their sums. `cargo test` compares the sums.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund
rm -rf page/vendor
mkdir -p page/vendor/fonts
cp node_modules/mathlive/mathlive.min.mjs page/vendor/
cp node_modules/mathlive/LICENSE.txt page/vendor/LICENSE-mathlive.txt
cp node_modules/mathlive/fonts/*.woff2 page/vendor/fonts/
cp node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2 \
    page/vendor/fonts/stix-two-math.woff2
cp node_modules/@fontsource/stix-two-math/LICENSE page/vendor/LICENSE-stix-two-math.txt
find page/vendor -type f | LC_ALL=C sort | xargs sha256sum > vendor.sha256
