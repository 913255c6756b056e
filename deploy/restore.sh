#!/usr/bin/env bash
# Puts a backup into an empty data folder, after checking every file of it.
#   deploy/restore.sh BACKUP DATA_FOLDER
# A backup of PostgreSQL also needs DATABASE_URL, which must name an empty database.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
backup=$(readlink -e "$1") || { echo "Lỗi: không có $1" >&2; exit 1; }
[ -z "$(ls -A "$2" 2>/dev/null)" ] || { echo "Lỗi: $2 không trống" >&2; exit 1; }
umask 077
(cd "$backup" && sha256sum --quiet --check SHA256SUMS) || { echo "Lỗi: bản sao lưu đã hỏng" >&2; exit 1; }
listed=$(wc -l <"$backup/SHA256SUMS")
found=$(find "$backup" -type f ! -path "$backup/SHA256SUMS" | wc -l)
[ "$listed" = "$found" ] || { echo "Lỗi: bản sao lưu thừa tệp lạ" >&2; exit 1; }

if [ -e "$backup/tiepdan.pgdump" ]; then
  pg_restore --no-owner --exit-on-error --dbname="${DATABASE_URL:?cần DATABASE_URL}" "$backup/tiepdan.pgdump"
fi
mkdir -p "$2"
for part in db documents recordings secrets tls demo-accounts.txt; do
  [ ! -e "$backup/$part" ] || cp -a "$backup/$part" "$2/"
done
echo "Đã khôi phục $listed tệp vào $2. Khởi động với TIEPDAN_DATA_DIR=$2"
