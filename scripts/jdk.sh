# Sourced by ./carabiner, ./check and ./campaign: sets JAVA_HOME to a JDK 25 or newer, or says how to get one.
# Looks at JAVA_HOME, then at PATH, then where packages put JDKs. Reads each JDK's "release" file: starting a JVM to ask is slow.

jdk_major() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_fits() {
    jdk_found_major=$(jdk_major "$1") && [ -n "$jdk_found_major" ] && [ "$jdk_found_major" -ge 25 ]
}

jdk_of_path() {
    jdk_javac=$(command -v javac) || return 1
    jdk_javac=$(readlink -f "$jdk_javac" 2>/dev/null || echo "$jdk_javac")
    dirname "$(dirname "$jdk_javac")"
}

find_jdk() {
    for jdk_home in "${JAVA_HOME:-}" "$(jdk_of_path)" \
        /usr/lib/jvm/*25* /usr/lib/jvm/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        if [ -n "$jdk_home" ] && jdk_fits "$jdk_home"; then
            JAVA_HOME=$jdk_home
            export JAVA_HOME
            return 0
        fi
    done
    cat >&2 <<'END'
carabiner: no JDK 25 or newer found (looked at JAVA_HOME, PATH and /usr/lib/jvm). Install one, then run this again:
  Debian 13, Ubuntu 26.04:  sudo apt install openjdk-25-jdk-headless
  Debian 12, Ubuntu 24.04:  add the Adoptium apt repository (adoptium.net/installation/linux), then sudo apt install temurin-25-jdk
  Fedora:                   sudo dnf install java-25-openjdk-devel
  macOS:                    brew install openjdk@25
Where it is installed elsewhere, set JAVA_HOME to its folder.
END
    return 1
}
