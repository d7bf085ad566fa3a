#!/usr/bin/env bash
# Makes the static site in web/dist: the page of web/page, and the engine in WebAssembly.
#
#   web/build.sh [FOLDER]
#
# The toolchain's own wasm target is used where it is installed (`rustup target add
# wasm32-unknown-unknown`). Elsewhere, on Debian, its compiler and sources of the standard library
# are unpacked into target/debian-rust, and the standard library is compiled with them; nothing is
# installed. WASM_TOOLCHAIN=own or =debian chooses.
set -euo pipefail
dist="${1:+$(realpath -m "$1")}"
cd "$(dirname "$0")/.."

dist="${dist:-$PWD/web/dist}"
if [ -n "$(ls -A "$dist" 2>/dev/null)" ] && [ ! -e "$dist/engine.wasm" ]; then
    echo "$dist is not empty and no page that this made; name another folder" >&2
    exit 1
fi
target=wasm32-unknown-unknown
folder="${CARGO_TARGET_DIR:-target}"
debian="$PWD/target/debian-rust"

say() {
    printf '%s\n' "$*" >&2
}

# Debian's compiler, where it is not unpacked yet.
unpack() {
    if [ -e "$debian/done" ]; then
        return
    fi
    if ! command -v apt-get >/dev/null; then
        say "rustc has no target $target here: rustup target add $target"
        exit 1
    fi
    say "unpacking Debian's compiler into $debian"
    rm -rf "$debian"
    mkdir -p "$debian/packages"
    local versioned
    # The library of the compiler has its version in its name.
    versioned="$(apt-cache depends --important rustc-web libstd-rust-web-dev 2>/dev/null |
        grep -o 'libstd-rust-web-[0-9.]*$' | sort -u || true)"
    if [ -z "$versioned" ]; then
        apt-get update -qq
        versioned="$(apt-cache depends --important rustc-web libstd-rust-web-dev |
            grep -o 'libstd-rust-web-[0-9.]*$' | sort -u)"
    fi
    local packages=(rustc-web rust-web-src libstd-rust-web-dev "$versioned")
    local libraries
    libraries="$(apt-cache depends --important "$versioned" | grep -o 'libllvm[0-9]*$' | sort -u)"
    packages+=($libraries "lld-${libraries#libllvm}")
    (cd "$debian/packages" && apt-get download -qq "${packages[@]}")
    local package
    for package in "$debian/packages"/*.deb; do
        dpkg -x "$package" "$debian"
    done
    rm -rf "$debian/packages"
    # The compiler finds its libraries where it is.
    local driver=("$debian"/usr/lib/*/librustc_driver-*.so)
    printf '#!/bin/sh\nLD_LIBRARY_PATH="%s" exec "%s" "$@"\n' \
        "${driver[0]%/*}" "$debian/usr/bin/rustc" > "$debian/rustc"
    chmod +x "$debian/rustc"
    touch "$debian/done"
}

has_target() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/$target/lib" ]
}

toolchain="${WASM_TOOLCHAIN:-$(has_target && echo own || echo debian)}"
options=()
if [ "$toolchain" = debian ]; then
    unpack
    export RUSTC="$debian/rustc" RUSTC_BOOTSTRAP=1
    linker=("$debian"/usr/bin/wasm-ld-*)
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="${linker[0]}"
    options=(-Z build-std=std,panic_abort)
    # What the one compiler has made is not what the other needs.
    folder="$folder/debian"
fi

# The stack lies before everything else, so that an overflow of it is a trap. Memory has an end,
# so that a tab of a browser does not.
cargo rustc --locked --package calcgrad-web --profile web --target "$target" \
    --target-dir "$folder" "${options[@]}" -- \
    -C link-arg=-zstack-size=$((16 << 20)) -C link-arg=--max-memory=$((1 << 30))

rm -rf "$dist"
mkdir -p "$dist"
if [ -d web/page ]; then
    cp -R web/page/. "$dist"
fi
cp web/engine/wasm.js "$dist/engine.js"
cp web/engine/instance.js "$dist"
engine="$folder/$target/web/engine.wasm"
cp "$engine" "$dist/engine.wasm"
say "$dist: engine.wasm has $(wc -c < "$dist/engine.wasm") bytes, $(gzip -9c "$dist/engine.wasm" | wc -c) compressed"
