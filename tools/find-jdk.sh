# Sourced by mvnw and quickstart: finds a JDK of version 25 or newer.

# Prints the major version of the JDK at $1 (it must have javac); prints nothing where there is none.
jdk_version() {
    [ -x "$1/bin/javac" ] || return 0
    "$1/bin/javac" -version 2>/dev/null | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

# Prints the home of the first JDK that is new enough, looking at JAVA_HOME, the java on PATH, and the usual places;
# where there is none says so in one sentence and fails.
find_jdk() {
    wanted=25
    on_path=$(command -v javac 2>/dev/null || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
    for candidate in "${JAVA_HOME:-}" "$on_path" \
        /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /opt/java/* /opt/jdk* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -n "$candidate" ] || continue
        version=$(jdk_version "$candidate")
        if [ -n "$version" ] && [ "$version" -ge "$wanted" ]; then
            echo "$candidate"
            return 0
        fi
    done
    echo "Drover needs a JDK $wanted or newer and found none: install one (or set JAVA_HOME to it) and run this again." >&2
    return 1
}
