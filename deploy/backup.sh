#!/usr/bin/env bash
# Copies the data of one installation into a new folder, also while it runs.
#   deploy/backup.sh FOLDER         settings come from the environment, as for ./run
# The database is copied first: every file it names exists by then, and stays.
set -euo pipefail
[ $# = 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$(dirname "$(dirname "$(readlink -f "$0")")")
data=${TIEPDAN_DATA_DIR:-$root/var}
[ ! -e "$1" ] || { echo "Lỗi: $1 đã có, hãy chọn tên khác" >&2; exit 1; }
umask 077
draft=$1.part
rm -rf "$draft"
mkdir -p "$draft"

case ${DATABASE_URL:-sqlite} in
  sqlite)
    mkdir "$draft/db"
    "${TIEPDAN_PYTHON:-python3}" - "$data/db/tiepdan.sqlite3" "$draft/db/tiepdan.sqlite3" <<'PYTHON'
import sqlite3
import sys
from pathlib import Path

if not Path(sys.argv[1]).is_file():
    sys.exit(f"Lỗi: không có {sys.argv[1]}")
with sqlite3.connect(sys.argv[1]) as live, sqlite3.connect(sys.argv[2]) as copy:
    live.backup(copy)
    answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
sys.exit(None if answer == "ok" else f"Lỗi: bản sao cơ sở dữ liệu hỏng: {answer}")
PYTHON
    ;;
  postgres*) pg_dump --format=custom --file="$draft/tiepdan.pgdump" "$DATABASE_URL" ;;
  *) echo "Lỗi: không biết sao lưu $DATABASE_URL" >&2; exit 1 ;;
esac
# The key of protected recordings does not lie beside them: who has one copy has not both.
if [ -d "$data/secrets" ]; then
  mkdir "$draft/secrets"
  find "$data/secrets" -mindepth 1 -maxdepth 1 ! -name 'protected_recordings.*' -exec cp -a -t "$draft/secrets" {} +
fi
for part in documents recordings tls demo-accounts.txt; do
  [ ! -e "$data/$part" ] || cp -a "$data/$part" "$draft/"
done
(cd "$draft" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
sync "$draft/SHA256SUMS"
mv "$draft" "$1"
echo "Đã sao lưu $data vào $1 ($(du -sh "$1" | cut -f1))"
kept=$data/secrets/protected_recordings.key
[ ! -e "$kept" ] || echo "Khóa của bản ghi được bảo vệ không nằm trong bản sao: chép $kept ra nơi khác, cất riêng"
