package dev.drover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.decision.OfflineGate;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.PolicyLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs tests of policies without a gateway. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Hold policies to what their tests say, without a gateway.",
            "Tests are files that end in .test.yaml, .test.yml or .test.json; they name the",
            "policies, the input and what should come of it. Rules of every kind are judged",
            "as the gateway does. Tells which parts of the expressions no test has reached.",
            "Exit status: 0 all pass, 5 some fail, 1 some cannot be run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover policy test policies/",
            "  drover policy test policies/prod.test.yaml -junit report.xml",
            "  drover policy test policies/ -o json"
        })
final class PolicyTestCommand implements Callable<Integer> {
    private static final List<String> ENDINGS = List.of(".test.yaml", ".test.yml", ".test.json");

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|FILE",
            description = "Directories to look for tests in, or files of tests")
    List<Path> where = List.of();

    @Option(
            names = {"--junit", "-junit"},
            paramLabel = "FILE",
            description = "Write the results to this file in the XML of JUnit, too")
    @Nullable Path junit;

    @Mixin final Output output = new Output();

    @Override
    public Integer call() {
        DeclarationChecks checks = new DeclarationChecks(new PolicyLanguage());
        OfflineGate gate = new OfflineGate();
        PolicyCoverage coverage = new PolicyCoverage();
        List<PolicyTestSuite> suites = new ArrayList<>();
        for (Path file : files()) {
            suites.add(PolicyTestSuite.run(PolicyTestFile.read(file, checks), gate, coverage));
        }
        if (junit != null) {
            write(junit, PolicyTestReport.xml(suites));
        }
        if (output.json()) {
            print(suites, coverage);
        } else {
            suites.forEach(this::tell);
            tell(suites, coverage);
        }
        return status(suites).status();
    }

    private static ExitCode status(List<PolicyTestSuite> suites) {
        if (suites.stream().anyMatch(suite -> !suite.problems().isEmpty())) {
            return ExitCode.ERROR;
        }
        return suites.stream().anyMatch(suite -> suite.failed() > 0)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path one : where) {
            if (!Files.isDirectory(one)) {
                files.add(one);
                continue;
            }
            try (Stream<Path> all = Files.walk(one)) {
                List<Path> found = all.filter(PolicyTestCommand::isTest).sorted().toList();
                if (found.isEmpty()) {
                    throw new CliException(
                            "no tests are in "
                                    + one
                                    + "; their names end in "
                                    + String.join(", ", ENDINGS));
                }
                files.addAll(found);
            } catch (IOException e) {
                throw new CliException(one + " cannot be read: " + e.getMessage(), e);
            }
        }
        return files.stream().distinct().toList();
    }

    private static boolean isTest(Path file) {
        return ENDINGS.stream().anyMatch(file.toString()::endsWith) && Files.isRegularFile(file);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new CliException("the report " + file + " cannot be written: " + e, e);
        }
    }

    private void tell(PolicyTestSuite suite) {
        output.line(suite.file());
        suite.problems().forEach(problem -> output.line(problem.told().indent(2).stripTrailing()));
        for (PolicyTestResult result : suite.results()) {
            output.line((result.passed() ? "  ok    " : "  FAIL  ") + result.name());
            result.failures().forEach(failure -> output.line("        " + failure));
        }
    }

    private void tell(List<PolicyTestSuite> suites, PolicyCoverage coverage) {
        coverage.gaps()
                .forEach(gap ->
                        output.line(
                                "%s %s, line %d, column %d: %s %s"
                                        .formatted(
                                                gap.rule(),
                                                gap.field(),
                                                gap.part().line(),
                                                gap.part().column(),
                                                gap.part().text(),
                                                gap.missing())));
        long tests = suites.stream().mapToLong(suite -> suite.results().size()).sum();
        long failed = suites.stream().mapToLong(PolicyTestSuite::failed).sum();
        long unread = suites.stream().filter(suite -> !suite.problems().isEmpty()).count();
        output.line(
                tests
                        + (tests == 1 ? " test, " : " tests, ")
                        + failed
                        + " failed"
                        + (unread == 0 ? "" : ", " + unread + " of the files cannot be run")
                        + "; they reach %d of %d outcomes of the parts of expressions"
                                .formatted(coverage.covered(), coverage.outcomes()));
    }

    private void print(List<PolicyTestSuite> suites, PolicyCoverage coverage) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode files = json.putArray("files");
        for (PolicyTestSuite suite : suites) {
            ObjectNode file = files.addObject().put("file", suite.file());
            ArrayNode problems = file.putArray("problems");
            suite.problems().forEach(problem -> problems.add(problem.json()));
            ArrayNode tests = file.putArray("tests");
            for (PolicyTestResult result : suite.results()) {
                ObjectNode test =
                        tests.addObject()
                                .put("name", result.name())
                                .put("passed", result.passed())
                                .put("verdict", result.decision().getVerdict().name());
                result.failures().forEach(test.putArray("failures")::add);
            }
        }
        coverage.print(json.putObject("coverage"));
        output.print(json);
    }
}
