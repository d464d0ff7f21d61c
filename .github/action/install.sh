#!/usr/bin/env bash
# Installs rolecall for the steps that follow: downloads a release and verifies it, or builds this very commit.
#
#   ROLECALL_VERSION      0.1.0, v0.1.0, "latest" or "source"
#   ROLECALL_ATTESTATION  auto, require or skip
#   ROLECALL_RELEASES     where releases are, if not on GitHub: an https address, or a file address in tests
#
# Writes program=PATH to $GITHUB_OUTPUT and the folder to $GITHUB_PATH. Nothing is installed that does not match.
# Exit status: 0 installed, 1 could not be had or does not match, 2 an input is wrong.
# It keeps to bash 3.2, the one of macOS.
set -euo pipefail

repository=rolecall/rolecall
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
releases=${ROLECALL_RELEASES:-https://github.com/$repository/releases}
version=${ROLECALL_VERSION-}
attestation=${ROLECALL_ATTESTATION:-auto}

stop() {
  echo "rolecall action: $2" >&2
  exit "$1"
}

# unix PATH: as bash writes it, also on Windows.
unix() {
  if command -v cygpath >/dev/null; then cygpath -u "$1"; else printf '%s\n' "$1"; fi
}
native() {
  if command -v cygpath >/dev/null; then cygpath -w "$1"; else printf '%s\n' "$1"; fi
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

# fetch URL FILE: by https, or from a file if the releases are files.
fetch() {
  local protocol='=https'
  case $releases in file://*) protocol='=file' ;; esac
  curl --proto "$protocol" --proto-redir '=https' --fail --silent --show-error --location --retry 3 --output "$2" "$1" ||
    stop 1 "$1 could not be downloaded; is there a release $version?"
}

# latest: the version that the address of the latest release leads to.
latest() {
  local url
  url=$(curl --proto '=https' --fail --silent --show-error --location --retry 3 --output /dev/null \
    --write-out '%{url_effective}' "$releases/latest") || stop 1 "the latest release could not be asked for"
  printf '%s\n' "${url##*/}"
}

target() {
  local os arch
  case ${RUNNER_OS-} in
    Linux) os=linux ;;
    macOS) os=darwin ;;
    Windows) os=windows ;;
    *) stop 1 "there is no release for the system '${RUNNER_OS-}'; use version: source" ;;
  esac
  case ${RUNNER_ARCH-} in
    X64) arch=amd64 ;;
    ARM64) arch=arm64 ;;
    *) stop 1 "there is no release for the processor '${RUNNER_ARCH-}'; use version: source" ;;
  esac
  printf '%s_%s\n' "$os" "$arch"
}

# pinned: checksums.txt is the one that this commit of the action knows for the version, if it knows one.
pinned() {
  local want
  want=$(awk -v v="$version" '$2 == v { print $1 }' "$here/releases")
  if [ -z "$want" ]; then
    echo "this commit of the action knows no checksum of release $version: its own checksums.txt is relied on"
  elif [ "$want" != "$(sha256 checksums.txt)" ]; then
    stop 1 "checksums.txt of release $version is not the one that this action knows"
  fi
}

# checked ARCHIVE: it is the one that checksums.txt names, once.
checked() {
  local want
  want=$(awk -v name="$1" '$2 == name { print $1 }' checksums.txt)
  [[ $want =~ ^[0-9a-f]{64}$ ]] || stop 1 "checksums.txt of release $version has no checksum of $1"
  [ "$want" = "$(sha256 "$1")" ] || stop 1 "$1 does not match its checksum: it was damaged or tampered with"
}

# attested ARCHIVE: it was built by the release workflow of the repository.
attested() {
  if [ "$attestation" = skip ]; then
    echo "where $1 was built is not verified: attestation is skip"
  elif ! command -v gh >/dev/null; then
    [ "$attestation" = auto ] || stop 1 "the GitHub CLI is not there to verify where $1 was built"
    echo "where $1 was built is not verified: the GitHub CLI is not there"
  else
    gh attestation verify "$1" --repo "$repository" --signer-workflow "$repository/.github/workflows/release.yml" ||
      stop 1 "$1 has no valid attestation of the workflow that builds releases; attestation: skip goes without"
  fi
}

download() {
  local archive
  archive=rolecall_${version}_$1
  case $1 in windows_*) archive=$archive.zip ;; *) archive=$archive.tar.gz ;; esac
  fetch "$releases/download/v$version/checksums.txt" checksums.txt
  pinned
  fetch "$releases/download/v$version/$archive" "$archive"
  checked "$archive"
  attested "$archive"
  case $archive in
    *.zip) unzip -q -o "$archive" "$program" ;;
    *) tar -xzf "$archive" "$program" ;;
  esac
}

build() {
  command -v go >/dev/null || stop 1 "version: source needs Go; use actions/setup-go before"
  (cd "$here/../.." && CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$dir/$program" ./cmd/rolecall)
}

case $attestation in
  auto | require | skip) ;;
  *) stop 2 "attestation takes auto, require or skip" ;;
esac
[ "$version" != latest ] || version=$(latest)
version=${version#v}
[[ $version =~ ^(source|[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?)$ ]] ||
  stop 2 "version takes a release such as 0.1.0, latest or source"

program=rolecall
[ "${RUNNER_OS-}" != Windows ] || program=rolecall.exe
dir=$(mktemp -d "$(unix "${RUNNER_TEMP:?}")/rolecall.XXXXXX")
cd "$dir"
if [ "$version" = source ]; then
  build
else
  target=$(target)
  download "$target"
fi
"./$program" --version
echo "program=$dir/$program" >>"${GITHUB_OUTPUT:?}"
native "$dir" >>"${GITHUB_PATH:?}"
