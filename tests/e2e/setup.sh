#!/usr/bin/env bash
# Installs the real programs of the end-to-end tests: hosts, readers and a browser from Debian, checkers from npm and
# PyPI, into tests/e2e/.tools.
set -euo pipefail
cd "$(dirname "$0")"
root=()
[ "$(id -u)" = 0 ] || root=(sudo)
packages=(nginx-light libnginx-mod-http-brotli-static caddy apache2-bin newsboat chromium python3)
command -v npm >/dev/null || packages+=(nodejs npm)
missing=()
for package in "${packages[@]}"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}"
fi
if ! PYTHONPATH=.tools/python python3 -c 'import feedparser' 2>/dev/null; then
    python3 -m pip install --quiet --disable-pip-version-check --target .tools/python 'feedparser==6.0.*'
fi
if [ ! -d .tools/node_modules/puppeteer-core ]; then
    mkdir -p .tools
    PUPPETEER_SKIP_DOWNLOAD=1 npm install --prefix .tools --silent --no-fund --no-audit --no-save \
        puppeteer-core@24 axe-core@4 html-validate@9
fi
