# Runs one server and stops it when the pipe on standard input ends, which it does when the Java process that
# started this dies, however it dies. Nothing here polls: one shell waits for the server, one reads the pipe.
#
# $1 signal that stops the server   $2 seconds it gets   $3 signal after that
# $4 $5 file renamed to the other after a clean stop, or empty   $6 folder removed at the end, or empty
# $7 file that holds this shell's process id while it lives   then: the server's command
stop=$1 grace=$2 force=$3 renamed=$4 target=$5 removed=$6 identity=$7
shift 7
umask 077
trap '' INT HUP TERM
exec 3<&0 </dev/null
echo $$ > "$identity"
"$@" 3<&- &
server=$!
(
  while read -r line <&3; do :; done
  kill -"$stop" $server
  sleeper=
  trap '[ -z "$sleeper" ] || { kill -KILL $sleeper; wait $sleeper; }; exit' USR1
  sleep "$grace" &
  sleeper=$!
  wait $sleeper
  kill -"$force" $server
) &
reader=$!
exec 3<&-
wait $server
status=$?
kill -USR1 $reader
wait $reader
if [ $status -eq 0 ] && [ -n "$renamed" ] && [ -s "$renamed" ]; then mv -f "$renamed" "$target"; fi
rm -f "$identity"
if [ -n "$removed" ]; then rm -rf "$removed"; fi
exit $status
