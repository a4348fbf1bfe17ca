package dev.drover.provider.protocol;

import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/** Diagnostics and paths as messages. */
final class Messages {
    private Messages() {}

    static List<dev.drover.provider.tfplugin6.Diagnostic> diagnostics(Call call) {
        List<dev.drover.provider.tfplugin6.Diagnostic> messages = new ArrayList<>();
        for (Diagnostic diagnostic : call.diagnostics().all()) {
            messages.add(diagnostic(diagnostic));
        }
        return messages;
    }

    /** The same for a block whose attributes stand in a block inside it. */
    static List<dev.drover.provider.tfplugin6.Diagnostic> diagnosticsBelow(
            String block, Call call) {
        return diagnostics(call).stream()
                .map(message -> message.hasAttribute() ? below(block, message) : message)
                .toList();
    }

    private static dev.drover.provider.tfplugin6.Diagnostic below(
            String block, dev.drover.provider.tfplugin6.Diagnostic message) {
        var path = dev.drover.provider.tfplugin6.AttributePath.newBuilder();
        path.addStepsBuilder().setAttributeName(block);
        path.addAllSteps(message.getAttribute().getStepsList());
        return message.toBuilder().setAttribute(path).build();
    }

    private static dev.drover.provider.tfplugin6.Diagnostic diagnostic(Diagnostic diagnostic) {
        var message =
                dev.drover.provider.tfplugin6.Diagnostic.newBuilder()
                        .setSeverity(
                                switch (diagnostic.severity()) {
                                    case ERROR ->
                                            dev.drover.provider.tfplugin6.Diagnostic.Severity.ERROR;
                                    case WARNING ->
                                            dev.drover.provider.tfplugin6.Diagnostic.Severity
                                                    .WARNING;
                                })
                        .setSummary(diagnostic.summary())
                        .setDetail(detail(diagnostic));
        if (!diagnostic.path().isRoot()) {
            message.setAttribute(path(visible(diagnostic.path())));
        }
        return message.build();
    }

    /** Terraform shows the line of a shortened path only: the full one goes into the text. */
    private static String detail(Diagnostic diagnostic) {
        String path = diagnostic.path().toString();
        boolean told =
                diagnostic.path().steps().size() <= 2 || diagnostic.detail().startsWith(path);
        return told ? diagnostic.detail() : path + ": " + diagnostic.detail();
    }

    /**
     * The part of a path that Terraform finds in the configuration: an attribute and one key below
     * it, where an attribute of a nested object counts as a key. With a longer path it would fall
     * back to the resource's first line.
     */
    private static AttributePath visible(AttributePath path) {
        List<AttributePath.Step> steps = new ArrayList<>();
        for (AttributePath.Step step : path.steps().subList(0, Math.min(2, path.steps().size()))) {
            boolean inner = !steps.isEmpty();
            steps.add(
                    inner && step instanceof AttributePath.Name(String name)
                            ? new AttributePath.Key(name)
                            : step);
        }
        return new AttributePath(steps);
    }

    static dev.drover.provider.tfplugin6.AttributePath path(AttributePath path) {
        var message = dev.drover.provider.tfplugin6.AttributePath.newBuilder();
        for (AttributePath.Step step : path.steps()) {
            var selector = message.addStepsBuilder();
            switch (step) {
                case AttributePath.Name(String name) -> selector.setAttributeName(name);
                case AttributePath.Key(String key) -> selector.setElementKeyString(key);
                case AttributePath.Index(long index) -> selector.setElementKeyInt(index);
            }
        }
        return message.build();
    }
}
