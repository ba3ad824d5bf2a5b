#!/bin/sh
# Builds the one executable, out/weft. Needs the .NET 10 SDK; writes nothing but out/ and the projects' obj/ and bin/.
# LOCKED=1 restores exactly what the lock files say and fails where they are out of date.
set -eu
cd "$(dirname "$0")"

sdk=$(dotnet --list-sdks 2>/dev/null | grep -c '^10\.' || true)
if [ "${sdk:-0}" -eq 0 ]; then
  echo "build.sh: the .NET 10 SDK is needed (package dotnet-sdk-10.0)" >&2
  exit 1
fi

locked=
[ -z "${LOCKED:-}" ] || locked=-p:RestoreLockedMode=true
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT INT TERM

# A build that fails says why; one that succeeds has nothing to say but its last line.
if ! dotnet publish src/Weft.Cli -c Release -r linux-x64 --self-contained false -v q --nologo $locked -o "$stage" >"$stage.log" 2>&1; then
  cat "$stage.log" >&2
  rm -f "$stage.log"
  echo "build.sh: the build failed" >&2
  exit 1
fi
rm -f "$stage.log"
mkdir -p out
# Beside and renamed: a weft that is running keeps the file that it was started from.
cp "$stage/Weft.Cli" out/weft.new
chmod 755 out/weft.new
mv -f out/weft.new out/weft
echo "out/weft: $(./out/weft version)"
