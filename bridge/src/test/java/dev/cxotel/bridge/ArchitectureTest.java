package dev.cxotel.bridge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.auth.signature.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The house's walls: arrows between packages, doors to libraries, purity of the slices, names and sizes. */
class ArchitectureTest {

    private static final String ROOT = "dev.cxotel.bridge";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** For each package the packages it may see. {@code cli} and the root may see all. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("config", Set.of("event")),
            Map.entry("telemetry", Set.of("config")),
            Map.entry("signal", Set.of("event")),
            Map.entry("mapping", Set.of("event", "signal", "config")),
            Map.entry("voicequality", Set.of("event", "signal", "mapping", "config")),
            Map.entry("scriptapi", Set.of("event", "signal", "mapping", "config")),
            Map.entry("contact", Set.of("event")),
            Map.entry("contactroot", Set.of("event", "signal", "mapping", "config", "contact")),
            Map.entry("journal", Set.of("event", "contact", "config", "telemetry")),
            Map.entry("auth", Set.of("event", "config", "telemetry")),
            Map.entry("receiver", Set.of("auth", "journal", "signal", "event", "config", "telemetry")),
            Map.entry("otlp", Set.of("signal", "event", "config", "telemetry")),
            Map.entry("late", Set.of("journal", "signal", "otlp", "event", "config")),
            Map.entry(
                    "pipeline", Set.of("journal", "signal", "otlp", "contact", "late", "event", "config", "telemetry")),
            Map.entry("doctor", Set.of("otlp", "signal", "config")),
            Map.entry("replay", Set.of("journal", "auth", "signal", "event")),
            Map.entry("console", Set.of("receiver", "journal", "replay", "event", "config", "telemetry")),
            Map.entry("volumes", Set.of("event", "signal")),
            Map.entry("simulator", Set.of("event")),
            Map.entry("preview", Set.of()));

    /** For each library the packages that may see it. */
    private static final Map<String, Set<String>> DOORS = Map.of(
            "io.helidon", Set.of("receiver", "console"),
            "io.opentelemetry.exporter.otlp", Set.of("otlp"),
            "io.opentelemetry.exporter.internal", Set.of("otlp"),
            "io.opentelemetry.exporter.prometheus", Set.of("telemetry"),
            "java.sql", Set.of("journal.sqlite"),
            "org.sqlite", Set.of("journal.sqlite"),
            "org.bouncycastle", Set.of("auth"),
            "com.networknt", Set.of("config"),
            "com.fasterxml.jackson",
                    Set.of(
                            "event",
                            "signal",
                            "mapping",
                            "voicequality",
                            "scriptapi",
                            "contactroot",
                            "config",
                            "console",
                            "receiver",
                            "auth",
                            "otlp",
                            "late",
                            "simulator",
                            "cli"),
            "picocli", Set.of("cli"));

    /** Packages whose public things are for the package above them, and what is in it, alone. */
    private static final List<String> INNER = List.of(
            "journal.sqlite.database",
            "journal.sqlite.table",
            "journal.sqlite.operations",
            "journal.sqlite.upkeep",
            "pipeline.metrics",
            "pipeline.work");

    /** Interfaces whose factory knows their kinds, which are in packages below. */
    private static final Set<JavaClass> MAKERS = Set.of(CLASSES.get(Signer.class), CLASSES.get(Verifier.class));

    private static final Set<String> PURE =
            Set.of("event", "signal", "mapping", "voicequality", "scriptapi", "contact", "contactroot");

    private static final List<String> IMPURE = List.of(
            "java.io.File",
            "java.nio.file.Files",
            "java.net.Socket",
            "java.net.http.HttpClient",
            "java.lang.Thread",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random");

    private static final List<String> EMPTY_NAMES =
            List.of("Impl", "Manager", "Helper", "Util", "Utils", "Common", "Base", "Abstract");

    private static final int LONGEST_FILE = 400;

    @Test
    void packages_haveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        describe("make what implements them", MAKERS::contains),
                        describe("anything", (JavaClass type) -> true))
                .check(CLASSES);
    }

    @TestFactory
    Stream<DynamicTest> arrows() {
        Set<String> packages =
                CLASSES.stream().map(ArchitectureTest::part).collect(Collectors.toCollection(TreeSet::new));
        packages.removeAll(Set.of("", "cli"));
        return packages.stream()
                .map(from -> DynamicTest.dynamicTest(from, () -> {
                    assertThat(ARROWS)
                            .as("a new package needs its arrows here and in ARCHITECTURE.md")
                            .containsKey(from);
                    Map<String, String> wrong = new TreeMap<>();
                    CLASSES.stream()
                            .filter(type -> part(type).equals(from))
                            .forEach(
                                    type -> type.getDirectDependenciesFromSelf().forEach(dependency -> {
                                        JavaClass target =
                                                dependency.getTargetClass().getBaseComponentType();
                                        boolean ours = target.getPackageName().startsWith(ROOT);
                                        if (ours
                                                && !part(target).equals(from)
                                                && !ARROWS.getOrDefault(from, Set.of())
                                                        .contains(part(target))) {
                                            wrong.put(from + " -> " + part(target), dependency.getDescription());
                                        }
                                    }));
                    assertThat(wrong).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> doors() {
        return DOORS.entrySet().stream()
                .map(door -> DynamicTest.dynamicTest(door.getKey(), () -> noClasses()
                        .that(describe(
                                "do not stand at the door " + door.getValue(),
                                (JavaClass type) -> door.getValue().stream()
                                        .noneMatch(allowed -> type.getPackageName()
                                                        .equals(ROOT + "." + allowed)
                                                || type.getPackageName().startsWith(ROOT + "." + allowed + "."))))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(door.getKey() + "..")
                        .allowEmptyShould(true)
                        .check(CLASSES)));
    }

    @TestFactory
    Stream<DynamicTest> innerPackages_areSeenFromInsideOnly() {
        return INNER.stream()
                .map(inner -> DynamicTest.dynamicTest(inner, () -> {
                    String above = ROOT + "." + inner.substring(0, inner.lastIndexOf('.'));
                    noClasses()
                            .that()
                            .resideOutsideOfPackage(above + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(ROOT + "." + inner + "..")
                            .check(CLASSES);
                }));
    }

    @Test
    void slices_arePure() {
        noClasses()
                .that(describe("are pure", (JavaClass type) -> PURE.contains(part(type))))
                .should()
                .dependOnClassesThat(describe("touch the world", (JavaClass type) -> IMPURE.contains(type.getName())))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    @Test
    void packages_areNullMarked() {
        Set<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(part -> !part.isAnnotatedWith(NullMarked.class))
                .map(part -> part.getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @Test
    void names_saySomething() {
        assertThat(CLASSES.stream().map(JavaClass::getSimpleName).filter(name -> EMPTY_NAMES.stream()
                        .anyMatch(name::endsWith)))
                .isEmpty();
    }

    @Test
    void files_areShort() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            Map<String, Long> tooLong = new TreeMap<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    long count = lines.count();
                    if (count > LONGEST_FILE) {
                        tooLong.put(file.toString(), count);
                    }
                }
            }
            assertThat(tooLong).as("split at the noun").isEmpty();
        }
    }

    private static String part(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(ROOT)) {
            return "";
        }
        String below = name.substring(ROOT.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
