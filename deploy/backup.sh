#!/bin/sh
# One backup: written, read again, encrypted to keys whose secret half is not on this machine; then the old ones go.
#
#   BACKUP_DIRECTORY   /var/lib/zhitongche-backup; to be copied to another machine from there
#   BACKUP_RECIPIENTS  /etc/zhitongche/backup-recipients.txt: public keys of age, one a line
#   BACKUP_KEEP_DAYS   30
# and the settings of the program. Any step that fails ends it with an error, and every older backup stays.
set -eu
umask 077
directory=${BACKUP_DIRECTORY:-/var/lib/zhitongche-backup}
recipients=${BACKUP_RECIPIENTS:-/etc/zhitongche/backup-recipients.txt}
keep=${BACKUP_KEEP_DAYS:-30}
python=${PYTHON:-python3}

name=zhitongche-$(date -u +%Y%m%dT%H%M%SZ)
plain=$directory/.$name
trap 'rm -f "$plain" "$plain.part" "$directory/$name.age.part"' EXIT
trap 'exit 1' HUP INT TERM

test -s "$recipients" || { echo "no public keys in $recipients" >&2; exit 1; }
"$python" -m app backup "$plain"
"$python" -m app check-backup "$plain" >/dev/null
age --encrypt --recipients-file "$recipients" --output "$directory/$name.age.part" "$plain"
mv "$directory/$name.age.part" "$directory/$name.age"
find "$directory" -maxdepth 1 -name 'zhitongche-*.age' -mtime "+$keep" -delete
echo "$directory/$name.age"
