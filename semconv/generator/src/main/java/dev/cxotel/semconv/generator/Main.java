package dev.cxotel.semconv.generator;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The generator: checks the registry, writes the Java constants and checks or writes the reference table.
 *
 * <p>Arguments: the registry's directory, the directory for Java sources, the file of the reference table, and
 * {@code true} to write that file instead of checking that it is up to date. Ends with 1 after telling every problem.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        Path model = Path.of(arguments[0]);
        Path sources = Path.of(arguments[1]);
        Path table = Path.of(arguments[2]);
        boolean update = Boolean.parseBoolean(arguments[3]);
        try {
            run(model, sources, table, update);
        } catch (InvalidRegistryException e) {
            System.err.println("The registry has problems:");
            e.problems().forEach(problem -> System.err.println("  " + problem));
            System.exit(1);
        }
    }

    static void run(Path model, Path sources, Path table, boolean update) throws IOException, InvalidRegistryException {
        Registry registry = new RegistryReader().read(model);
        CoreVocabulary core = CoreVocabulary.load();
        List<Problem> problems = RegistryRules.check(registry, core);
        if (!problems.isEmpty()) {
            throw new InvalidRegistryException(problems);
        }
        writeSources(sources, types(registry, core));
        ReferenceTable reference = new ReferenceTable(registry, core);
        if (update) {
            writeIfChanged(table, reference.markdown());
        } else if (!Files.exists(table) || !Files.readString(table).equals(reference.markdown())) {
            throw new InvalidRegistryException(List.of(new Problem(
                    new Place(table.toString(), "the file"),
                    "does not match the registry; run mvn -pl semconv -am compile -Dreference.update")));
        }
    }

    private static List<TypeSpec> types(Registry registry, CoreVocabulary core) {
        List<TypeSpec> types = new ArrayList<>();
        types.addAll(new AttributeConstants(registry, core).types());
        types.addAll(new SignalConstants(registry).types());
        types.add(new PayloadConstants(registry).type());
        return types;
    }

    /** Leaves files alone that are right already, so that the compiler has nothing to do. */
    private static void writeSources(Path sources, List<TypeSpec> types) throws IOException {
        Path folder = sources.resolve(JavaNames.PACKAGE.replace('.', '/'));
        Files.createDirectories(folder);
        Set<Path> written = new HashSet<>();
        for (TypeSpec type : types) {
            Path file = folder.resolve(type.name() + ".java");
            writeIfChanged(
                    file,
                    JavaFile.builder(JavaNames.PACKAGE, type)
                            .addFileComment("Generated from the registry in semconv/model; do not edit.")
                            .indent("    ")
                            .skipJavaLangImports(true)
                            .build()
                            .toString());
            written.add(file);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !written.contains(file)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void writeIfChanged(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }
}
