# Sourced by ./carabiner: builds the program when there is none or its sources are newer.

# Maven on JDK 25 prints warnings about its own libraries; these two options are what it asks for.
build_maven_opts="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# Serial collector and compact headers: half the memory of the defaults at the load of an oracle. The heap begins small and
# grows with the load (Java would begin with all of it); what native code freed goes back to the system. The AOT cache is
# only used by a Java with the same flags as the one that trained it, so they stand here once.
java_flags="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms24m -Xmx${CARABINER_HEAP:-192m} -XX:TrimNativeHeapInterval=30000 -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED"

# The C library's allocator keeps an arena for each thread that ever allocated; two are enough here and half the memory.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export MALLOC_ARENA_MAX

build_stale() {
    [ -f "$1/node/target/carabiner.built" ] || return 0
    [ -n "$(find "$1" \( -name target -o -name node_modules -o -name .git -o -name test \) -prune -o \
        \( -path '*/src/main/*' -o -name pom.xml -o -name 'package-lock.json' \) -newer "$1/node/target/carabiner.built" -print 2>/dev/null | head -n 1)" ]
}

# Two builds in one folder would tread on each other: the second waits for the first.
build_lock() {
    while ! mkdir "$1" 2>/dev/null; do
        build_owner=$(cat "$1/pid" 2>/dev/null || echo)
        if [ -n "$build_owner" ] && ! kill -0 "$build_owner" 2>/dev/null; then
            rm -rf "$1"
        else
            sleep 1
        fi
    done
    echo $$ >"$1/pid"
}

build_if_stale() {
    build_home=$1
    build_stale "$build_home" || return 0
    for build_tool in mvn npm; do
        if ! command -v "$build_tool" >/dev/null 2>&1; then
            echo "carabiner: $build_tool is needed to build and is not on PATH. Install it (Debian: sudo apt install maven nodejs npm; macOS: brew install maven node), then run this again." >&2
            return 1
        fi
    done
    if ! mkdir -p "$build_home/node/target" 2>/dev/null || [ ! -w "$build_home/node/target" ]; then
        echo "carabiner: the program must be built, but $build_home/node/target cannot be written by $(id -un). Build it once as the owner of the folder ($build_home/carabiner --version), or work in a copy of your own." >&2
        return 1
    fi
    build_log=$build_home/node/target/build.log
    build_lock "$build_home/node/target/build.lock"
    trap 'rm -rf "$build_home/node/target/build.lock"' EXIT
    trap 'exit 130' INT TERM
    if build_stale "$build_home"; then
        build_run || { trap - EXIT INT TERM; rm -rf "$build_home/node/target/build.lock"; return 1; }
    fi
    trap - EXIT INT TERM
    rm -rf "$build_home/node/target/build.lock"
}

build_run() {
    echo "carabiner: building (first time: about two minutes, most of it downloads; log: $build_log)" >&2
    build_started=$(date +%s)
    if build_steps >"$build_log" 2>&1; then
        touch "$build_home/node/target/carabiner.built"
        echo "carabiner: built in $(($(date +%s) - build_started)) s" >&2
    else
        echo "carabiner: the build failed. The last lines of $build_log:" >&2
        grep -E 'ERROR|npm (ERR|error)' "$build_log" | head -n 15 >&2
        echo "carabiner: if a download failed, check the network or the Maven and npm settings, and run this again; what is there already is kept." >&2
        return 1
    fi
}

build_steps() {
    build_commit=$(git -C "$build_home" rev-parse HEAD 2>/dev/null || echo unset)
    (cd "$build_home" && MAVEN_OPTS="$build_maven_opts ${MAVEN_OPTS:-}" \
        mvn -B -ntp -pl node -am package -Dmaven.test.skip=true "-Dcarabiner.commit=$build_commit") || return 1
    # The chain of the development network: fetched now, so that it is there without a network later.
    sh "$build_home/localservers/src/main/resources/io/carabiner/localservers/anvil/install.sh" || return 1
    build_train
}

# Java starts in half the time with a cache of what a start loads. It is trained with the very thing a user does first, in a
# throwaway folder; a training that fails costs speed, not correctness, so the build goes on without a cache.
build_train() {
    rm -f "$build_home/node/target/carabiner.aot"
    build_training=$(mktemp -d "${TMPDIR:-/tmp}/carabiner-training.XXXXXX") || return 0
    # shellcheck disable=SC2086
    "$JAVA_HOME/bin/java" $java_flags -XX:AOTCacheOutput="$build_home/node/target/carabiner.aot" \
        -Dcarabiner.home="$build_home" -jar "$build_home/node/target/carabiner.jar" \
        up --once --dir "$build_training/devnet" || echo "build: no AOT cache was made; starts are slower"
    rm -rf "$build_training"
}
