package dev.drover.provider.resource;

import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.FieldProblem;
import dev.drover.policy.PolicyLanguage;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Value;

/** What can be said of a block without a gateway: everything that its proto declares. */
final class NounChecks {
    private final Noun noun;
    private final DeclarationChecks declarations = new DeclarationChecks(new PolicyLanguage());

    NounChecks(Noun noun) {
        this.noun = noun;
    }

    /** Adds a diagnostic for each problem; unknown values are let through. */
    void check(Value.Entries config, Call call) {
        id(config, "name", noun.ids(), call);
        if (noun.inProject()) {
            id(config, "project", Noun.IdRule.LABEL, call);
        }
        Declaration declaration = new Declaration(noun, config, config);
        declaration.problems().forEach(call.diagnostics()::add);
        for (FieldProblem problem : declarations.check(declaration.message())) {
            report(declaration, problem, call);
        }
        for (FieldProblem problem : References.malformed(declaration.message())) {
            report(declaration, problem, call);
        }
    }

    private void report(Declaration declaration, FieldProblem problem, Call call) {
        if (declaration.mayDependOnUnknown(problem)) {
            return;
        }
        AttributePath path = Paths.inside(noun, problem.path());
        String excerpt = problem.excerpt().isEmpty() ? "" : "\n\n" + problem.excerpt().indent(2);
        call.diagnostics()
                .error(
                        path,
                        "Invalid " + noun.words(),
                        (path.isRoot() ? problem.path() : path)
                                + ": "
                                + sentence(problem.description())
                                + excerpt);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static void id(Value.Entries config, String attribute, Noun.IdRule rule, Call call) {
        if (!(config.get(attribute) instanceof Value.Text(String text))
                || rule.pattern().matcher(text).matches()) {
            return;
        }
        String problem =
                text.contains("/")
                        ? attribute
                                + " takes the id alone, \""
                                + Noun.id(text)
                                + "\", not the resource name \""
                                + text
                                + "\"."
                        : attribute
                                + " \""
                                + text
                                + "\" is not an id; choose "
                                + rule.words()
                                + ".";
        call.diagnostics().error(AttributePath.of(attribute), "Not an id", problem);
    }
}
