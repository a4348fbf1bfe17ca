package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The rules of the house that a reader can check by looking, checked by looking. */
class TidyTest {
    private static final int LINE_LENGTH_MAX = 120;
    private static final int FILE_LENGTH_MAX = 400;
    private static final int TEST_FILE_LENGTH_MAX = 600;
    private static final int METHOD_LENGTH_MAX = 70;

    /** Files that may be longer, each with its reason. */
    private static final Map<String, String> MAY_BE_LONGER = Map.of();

    private static final Pattern LEFT_OPEN =
            Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b(?! \\(#\\d+\\))");
    private static final Pattern IN_TESTS =
            Pattern.compile("@Disabled|\\.sleep\\(|Mockito|assertTrue\\(true\\)");
    private static final Pattern EMPTY_PACKAGE =
            Pattern.compile(".*/(util|utils|common|impl|model|manager)/\\.");
    private static final String TEXT_BLOCK = "\"".repeat(3);
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    /** Text that the code holds keeps its own lines: text blocks, and literals that stand alone. */
    @Test
    void linesAreShortEnough() {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            List<String> lines = Repository.lines(file);
            boolean inText = false;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean held =
                        inText || line.strip().startsWith("\"") || line.startsWith("import ");
                if (line.length() > LINE_LENGTH_MAX && !held) {
                    found.add(Repository.name(file) + ":" + (i + 1));
                }
                inText ^= line.split(TEXT_BLOCK, -1).length % 2 == 0;
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void filesAreShortEnough() {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.files(".java")) {
            int most = isTest(file) ? TEST_FILE_LENGTH_MAX : FILE_LENGTH_MAX;
            int length = Repository.lines(file).size();
            if (length > most && !MAY_BE_LONGER.containsKey(Repository.name(file))) {
                found.add(Repository.name(file) + ": " + length + " lines, at most " + most);
            }
        }
        assertThat(found).isEmpty();
        assertThat(MAY_BE_LONGER.keySet())
                .allSatisfy(name -> assertThat(Repository.root().resolve(name)).exists());
    }

    @Test
    void methodsAreShortEnough() throws IOException {
        List<String> found = new ArrayList<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            var sources = files.getJavaFileObjectsFromPaths(Repository.files(".java"));
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null, files, null, List.of("-proc:none"), null, sources);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new LongMethods(unit, positions, found), null);
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertThat(Repository.files(".java"))
                .filteredOn(file -> Repository.name(file).contains("src/main/"))
                .allSatisfy(file -> assertThat(file.resolveSibling("package-info.java")).exists());
    }

    @Test
    void packagesAreNamedAfterWhatTheyDo() {
        assertThat(Repository.files(".java"))
                .extracting(file -> Repository.name(file.resolveSibling(".")))
                .noneMatch(directory -> EMPTY_PACKAGE.matcher(directory).matches());
    }

    @Test
    void nothingIsLeftOpenWithoutAnIssue() {
        assertThat(matches(LEFT_OPEN, Repository.files(".java"))).isEmpty();
    }

    @Test
    void testsNeitherSkipNorSleepNorMock() {
        List<Path> tests =
                Repository.files(".java").stream()
                        .filter(TidyTest::isTest)
                        .filter(file -> !file.endsWith("TidyTest.java"))
                        .toList();
        assertThat(tests).isNotEmpty();
        assertThat(matches(IN_TESTS, tests)).isEmpty();
    }

    @Test
    void linksInDocumentsLeadSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Path document : Repository.files(".md")) {
            for (String line : Repository.lines(document)) {
                Matcher link = LINK.matcher(line);
                while (link.find()) {
                    String target = link.group(1).replaceFirst("#.*$", "");
                    if (!target.isEmpty()
                            && !URI.create(target).isAbsolute()
                            && !Files.exists(document.resolveSibling(target))) {
                        dead.add(Repository.name(document) + ": " + link.group(1));
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<String> matches(Pattern pattern, List<Path> files) {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find() && !file.endsWith("TidyTest.java")) {
                    found.add(Repository.name(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    private static boolean isTest(Path file) {
        return Repository.name(file).contains("src/test/");
    }

    /** Notes every method that is too long. */
    private static final class LongMethods extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        LongMethods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                long first = line(positions.getStartPosition(unit, method.getBody()));
                long last = line(positions.getEndPosition(unit, method.getBody()));
                if (last - first > METHOD_LENGTH_MAX) {
                    found.add(
                            Repository.name(Path.of(unit.getSourceFile().toUri()))
                                    + ": "
                                    + method.getName()
                                    + " has "
                                    + (last - first)
                                    + " lines");
                }
            }
            return super.visitMethod(method, null);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
