#!/bin/sh
# Brings the dev chain's program, anvil, into this user's cache, once: about 19 MB from the npm registry, checked
# against the digest in package-lock.json. Does nothing where it is there already, and then needs no network.
#
# Usage: install.sh [cache folder]. Says nothing when all is well, else one sentence, and exits 1.
set -u
version=1.7.1
here=$(cd "$(dirname "$0")" && pwd) || exit 1
cache=${1:-}
if [ -z "$cache" ]; then
  case ${XDG_CACHE_HOME:-} in
    /*) cache=$XDG_CACHE_HOME/carabiner ;;
    *) cache=$HOME/.cache/carabiner ;;
  esac
fi
place=$cache/anvil-$version
[ -x "$place/anvil" ] && exit 0

if ! command -v npm >/dev/null 2>&1; then
  echo "The dev chain (anvil) comes from npm, and there is no npm on PATH: install Node.js 20 or newer (Debian: apt-get install nodejs npm; macOS: brew install node)."
  exit 1
fi
case $(uname -s) in Darwin) system=darwin ;; *) system=linux ;; esac
case $(uname -m) in arm64 | aarch64) processor=arm64 ;; *) processor=amd64 ;; esac
package=@foundry-rs/anvil-$system-$processor

fresh=$cache/anvil-$version.$$
mkdir -p "$fresh" || exit 1
trap 'rm -rf "$fresh"' EXIT
trap 'exit 1' INT HUP TERM
cp "$here/package.json" "$here/package-lock.json" "$fresh/" || exit 1
cd "$fresh" || exit 1
options="--ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error"
if grep -q "\"node_modules/$package\"" package-lock.json; then
  npm ci $options >npm.log 2>&1
else
  # No digest of this platform's package is on record here: npm checks it against the registry's own.
  rm -f package-lock.json package.json
  npm install --no-save $options "$package@$version" >npm.log 2>&1
fi
if [ ! -f "node_modules/$package/bin/anvil" ]; then
  echo "The dev chain (anvil $version) could not be downloaded from the npm registry: check the network (or npm's proxy and registry settings) and run this again. npm said: $(grep -v '^npm warn' npm.log | tr '\n' ' ' | cut -c1-300)"
  exit 1
fi
chmod 755 "node_modules/$package/bin/anvil"
if ! "node_modules/$package/bin/anvil" --version >npm.log 2>&1; then
  echo "The dev chain (anvil $version) does not run on this machine: $(tr '\n' ' ' <npm.log | cut -c1-300)"
  exit 1
fi
mkdir -p "$place" && mv -f "node_modules/$package/bin/anvil" "$place/anvil"
