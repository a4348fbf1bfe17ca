package dev.drover.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drover.policy.FieldProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy, a calendar or a verification as a file declares it.
 *
 * @param source the file that it stands in
 * @param name its resource name; empty where it has none
 * @param places where its values stand, by path
 * @param left paths of what does not fit and was left out
 */
record PolicyDocument(
        SourceLines source,
        Noun noun,
        String name,
        Message message,
        Map<String, JsonLocation> places,
        List<String> left) {

    PolicyProblem problem(FieldProblem problem) {
        PolicyProblem.Part part =
                new PolicyProblem.Part(problem.line(), problem.column(), problem.excerpt());
        return new PolicyProblem(
                source.place(location(problem.path()), part),
                name,
                problem.path(),
                problem.message(),
                part,
                false);
    }

    /** Another problem than those that the declaration's own checks find. */
    PolicyProblem error(String path, String text) {
        return problem(new FieldProblem(path, text, 0, 0, ""));
    }

    /** The message with its full name; only for nouns that are in no project. */
    Message named() {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName("name");
        return message.toBuilder().setField(field, noun.name(name, new Names(null))).build();
    }

    PolicyProblem warning(String path, String text) {
        return new PolicyProblem(
                source.place(location(path)), name, path, text, PolicyProblem.Part.WHOLE, true);
    }

    /** Whether a problem is only that something was left out that does not fit. */
    boolean follows(FieldProblem problem) {
        return left.stream()
                .anyMatch(path ->
                        problem.path().equals(path)
                                || problem.path().startsWith(path + ".")
                                || problem.path().startsWith(path + "["));
    }

    /** Of a field that is not there, the place of what it should be in. */
    private @Nullable JsonLocation location(String path) {
        String at = path;
        while (!at.isEmpty() && !places.containsKey(at)) {
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return places.get(at);
    }
}
