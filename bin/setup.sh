# shellcheck shell=bash
# Sourced by run and check: finds the project, and sees that what it needs is on the machine.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Debian package, and how to see without Debian that it is there: a pkg-config module, a command after "!", a header after "@",
# a font after "~", a file after "=".
build_packages='
gcc !cc
meson !meson
ninja-build !ninja
pkg-config !pkg-config
libigraph-dev igraph
libjansson-dev jansson
libglpk-dev @glpk.h
nettle-dev nettle
libutf8proc-dev libutf8proc
libgraphviz-dev libgvc
librsvg2-dev librsvg-2.0
libcairo2-dev cairo-pdf
libfontconfig-dev fontconfig
libxlsxwriter-dev xlsxwriter
libcmocka-dev cmocka
zlib1g-dev zlib
python3 !python3
pandoc !pandoc
fontconfig !fc-list
fonts-noto-cjk ~family=Noto Sans CJK SC
'
check_packages='
clang !clang
graphviz !dot
libxml2-utils !xmllint
librsvg2-bin !rsvg-convert
poppler-utils !pdfinfo
fonts-dejavu-core ~family=DejaVu Sans
chromium !chromium
nodejs !node
npm !npm
bsdutils !script
locales =/usr/share/i18n/locales/de_DE
'

has_part() {
  case $1 in
  @*) echo "#include <${1#@}>" | cc -E - >/dev/null 2>&1 ;;
  ~*) command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list ":${1#\~}")" ] ;;
  =*) [ -e "${1#=}" ] ;;
  !*) command -v "${1#!}" >/dev/null 2>&1 ;;
  *) pkg-config --exists "$1" 2>/dev/null ;;
  esac
}

# need TABLE: installs what is missing of it, or names it where apt is not there.
need() {
  local missing=() package part
  while read -r package part; do
    if [ -n "$package" ] && ! has_part "$part"; then missing+=("$package"); fi
  done <<<"$1"
  [ ${#missing[@]} -eq 0 ] && return
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "缺少软件包(Debian 名称),请先安装 / missing packages (Debian names), install them first: ${missing[*]}" >&2
    exit 1
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "需要 root 或 sudo 来安装 / root or sudo is needed to install: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  echo "安装 / installing: ${missing[*]}" >&2
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libc6-dev "${missing[@]}" >/dev/null
}

# browser_modules: what the browser tests need of npm, at the versions that are kept; nothing is fetched where they are there already.
browser_modules() {
  local folder=$root/tests/browser
  (cd "$folder" && npm ls >/dev/null 2>&1) && return
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
}

# configure FOLDER OPTIONS…: sets a build folder up once.
configure() {
  local folder=$1
  shift
  [ -f "$folder/build.ninja" ] || meson setup "$folder" "$root" "$@" >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
  rm -f "$folder.log"
}
