# Sourced by the commands of the proofs: builds the program and the tests where they are not, and goes to bridge/. Sets
# java, the command that runs a class of the tests. $kit says what is being built.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/.." && pwd -P)
stamp="$root/bridge/target/test-classpath"

"$root/cxotel" version # builds on first use
java_home=$(CXOTEL_JAVA_OPTS=-XshowSettings:properties "$root/cxotel" version 2>&1 | sed -n 's/^ *java\.home = //p')

# The program's own build writes the class path too, but compiles no test.
if [ ! -d "$root/bridge/target/test-classes/dev" ] || [ ! -f "$stamp" ] ||
    [ -n "$(find "$root"/{pom.xml,bridge/pom.xml,bridge/src} -newer "$stamp" -print 2>/dev/null | head -n 1)" ]; then
    echo "$kit, a minute on first use" >&2
    PATH="$java_home/bin:$PATH" JAVA_HOME=$java_home mvn -B -ntp -q -f "$root/pom.xml" -pl bridge -am process-test-classes \
        -Dspotless.check.skip=true -Dcyclonedx.skip=true
fi
cd "$root/bridge" # the C sources are found from here
java=("$java_home/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow
    -cp "target/test-classes:target/classes:$(cat "$stamp")")
