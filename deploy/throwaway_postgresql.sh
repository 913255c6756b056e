# A PostgreSQL cluster for one run of the tests: Unix socket only, in a folder that goes away again.
# Read by `./test`; Debian's own clusters are not touched.
# shellcheck shell=bash

# PostgreSQL refuses to run as root: then an unprivileged user runs it, who cannot look into var/.
start_postgresql() {
  local binaries settings
  binaries=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
  POSTGRESQL_BIN=$binaries
  POSTGRESQL_DIR=$VAR/postgresql-test
  rm -rf "$POSTGRESQL_DIR"
  POSTGRESQL_AS=()
  if [ "$(id -u)" = 0 ]; then POSTGRESQL_AS=(runuser -u "$(postgresql_user)" --); fi
  # Not there when that user may not pass, or a socket's path would exceed its 107 letters.
  if [ ${#VAR} -gt 70 ] || ! "${POSTGRESQL_AS[@]}" test -x "$VAR"; then
    POSTGRESQL_DIR=$(mktemp -d "${TMPDIR:-/tmp}/tiepdan-pg.XXXXXX")
  fi
  mkdir -p "$POSTGRESQL_DIR"
  if [ "$(id -u)" = 0 ]; then chown "$(postgresql_user)" "$POSTGRESQL_DIR"; fi
  settings="-c listen_addresses= -c unix_socket_directories=$POSTGRESQL_DIR"
  settings+=" -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
  (
    cd /
    "${POSTGRESQL_AS[@]}" "$binaries/initdb" -D "$POSTGRESQL_DIR/data" -U tiepdan -A trust \
      -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    "${POSTGRESQL_AS[@]}" "$binaries/pg_ctl" -D "$POSTGRESQL_DIR/data" -w -t 30 -o "$settings" \
      -l "$POSTGRESQL_DIR/log" start >/dev/null
  ) || { cat "$POSTGRESQL_DIR/log" >&2 2>/dev/null || true; return 1; }
  POSTGRESQL_URL=postgresql://tiepdan@${POSTGRESQL_DIR//\//%2F}/postgres
}

stop_postgresql() {
  (cd / && "${POSTGRESQL_AS[@]}" "$POSTGRESQL_BIN/pg_ctl" -D "$POSTGRESQL_DIR/data" -m immediate \
    -w -t 30 stop >/dev/null 2>&1) || true
  rm -rf "$POSTGRESQL_DIR"
}

postgresql_user() { if getent passwd postgres >/dev/null; then echo postgres; else echo nobody; fi; }
