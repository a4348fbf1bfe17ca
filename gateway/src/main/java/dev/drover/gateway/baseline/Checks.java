package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.RecordKey;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.FieldProblem;
import java.util.List;
import java.util.Optional;

/** Every check that a draft has to pass before it is stored, the same for all kinds. */
final class Checks {
    private final Kinds kinds;
    private final Lookup lookup;
    private final DeclarationChecks declarations;

    Checks(Kinds kinds, Lookup lookup, DeclarationChecks declarations) {
        this.kinds = kinds;
        this.lookup = lookup;
        this.declarations = declarations;
    }

    /** Refuses a draft with everything that is wrong with it. @return what it refers to */
    <M extends Message> List<RecordKey> check(Kind<M> kind, Draft<M> draft, String field) {
        Problems problems = new Problems(field);
        for (FieldProblem problem : declarations.check(draft.message())) {
            Reason reason = problem.line() > 0 ? Reason.EXPRESSION_INVALID : Reason.INVALID_FIELD;
            problems.add(reason, problem.path(), problem.description());
        }
        kind.hooks().validate(draft, lookup, problems);
        List<Reference> references = kind.hooks().references(kind, draft.message(), kinds);
        for (Reference reference : references) {
            check(kind, draft, reference, problems);
        }
        problems.refuse();
        return references.stream().map(Reference::target).distinct().toList();
    }

    /** Refuses what is not a name of this kind. */
    void name(Kind<?> kind, String field, String name) {
        if (!kind.pattern().matches(name)) {
            throw GatewayException.invalidField(
                    field,
                    name.isEmpty()
                            ? "is required; write " + kind.pattern().text()
                            : "'" + name + "' is not a name such as " + kind.pattern().text());
        }
    }

    /** Refuses what is not a name of this kind's parent, or does not exist. */
    String parent(Kind<?> kind, String parent) {
        Kind<?> parentKind = kinds.parentOf(kind).orElseThrow();
        name(parentKind, "parent", parent);
        return parent;
    }

    /** What a list or a watch with this parent is about; {@code -} stands for any id. */
    Scope scope(Kind<?> kind, String parent) {
        Optional<Kind<?>> parentKind = kinds.parentOf(kind);
        if (parentKind.isPresent() && !parentKind.get().pattern().matchesWithWildcards(parent)) {
            name(parentKind.get(), "parent", parent);
        }
        if (parentKind.isPresent()
                && parentKind.get().pattern().matches(parent)
                && lookup.find(parentKind.get(), parent).isEmpty()) {
            throw parentKind.get().notFound(parent);
        }
        return Scope.of(kind, parentKind.isPresent() ? parent : "");
    }

    private void check(Kind<?> kind, Draft<?> draft, Reference reference, Problems problems) {
        String name = reference.target().name();
        Kind<?> target = kinds.byType(reference.type());
        if (!target.pattern().matches(name)) {
            problems.add(
                    reference.path(),
                    "'"
                            + name
                            + "' is not the name of a "
                            + target.resource().getSingular()
                            + "; write "
                            + target.pattern().text());
        } else if (crossesProjects(kind, draft.name(), target, name)) {
            problems.add(
                    reference.path(),
                    "'" + name + "' is in another project than '" + draft.name() + "'");
        } else if (lookup.find(target, name).isEmpty()) {
            problems.add(
                    Reason.REFERENCE_NOT_FOUND,
                    reference.path(),
                    "'" + name + "' does not exist; create it first, or correct the name");
        }
    }

    private static boolean crossesProjects(
            Kind<?> kind, String name, Kind<?> target, String other) {
        return inProject(kind) && inProject(target) && !project(name).equals(project(other));
    }

    private static boolean inProject(Kind<?> kind) {
        return kind.pattern().segments().size() > 2
                && kind.pattern().text().startsWith("projects/{");
    }

    private static String project(String name) {
        return name.split("/", 3)[1];
    }
}
