package dev.drover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.PolicyLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks declarations without a gateway. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Check policies, calendars and verifications without a gateway.",
            "The files hold documents as drover apply takes them. All that is wrong is told",
            "with its place. Whether what they name exists, only the gateway knows. Exit",
            "status: 0 all is right, 1 something is wrong."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  drover policy check policies.yaml calendars.yaml",
            "  drover list policies -o json | drover policy check -",
            "  drover policy check policies.yaml -o json"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files with YAML or JSON documents; - is standard input")
    List<String> files = List.of();

    @Mixin final Output output = new Output();

    @Override
    public Integer call() {
        DeclarationChecks checks = new DeclarationChecks(new PolicyLanguage());
        List<PolicyDocument> documents = new ArrayList<>();
        List<PolicyProblem> problems = new ArrayList<>();
        for (String file : files) {
            PolicyFile read = PolicyFile.read(file);
            problems.addAll(read.problems());
            documents.addAll(read.documents());
            for (PolicyDocument document : read.documents()) {
                problems.addAll(problems(checks, document));
            }
        }
        if (output.json()) {
            print(documents, problems);
        } else {
            problems.forEach(problem -> output.line(problem.told()));
            output.line(summary(documents, problems));
        }
        return (wrong(problems) == 0 ? ExitCode.DONE : ExitCode.ERROR).status();
    }

    static List<PolicyProblem> problems(DeclarationChecks checks, PolicyDocument document) {
        return checks.check(document.message()).stream()
                .filter(problem -> !document.follows(problem))
                .map(document::problem)
                .toList();
    }

    private static long wrong(List<PolicyProblem> problems) {
        return problems.stream().filter(problem -> !problem.warning()).count();
    }

    private static String summary(List<PolicyDocument> documents, List<PolicyProblem> problems) {
        long wrong = wrong(problems);
        String looked = documents.size() + (documents.size() == 1 ? " document" : " documents");
        return wrong == 0
                ? looked + (documents.size() == 1 ? " is right" : " are right")
                : wrong + (wrong == 1 ? " problem" : " problems") + " in " + looked;
    }

    private void print(List<PolicyDocument> documents, List<PolicyProblem> problems) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode looked = json.putArray("documents");
        documents.forEach(document ->
                looked.addObject()
                        .put("kind", document.noun().singular())
                        .put("name", document.name())
                        .put("file", document.source().file()));
        ArrayNode told = json.putArray("problems");
        problems.forEach(problem -> told.add(problem.json()));
        output.print(json);
    }
}
