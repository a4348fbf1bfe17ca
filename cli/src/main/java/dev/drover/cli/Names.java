package dev.drover.cli;

import org.jspecify.annotations.Nullable;

/**
 * Makes resource names of what people type: full names stay, short ones get the project of the
 * call.
 */
final class Names {
    private final @Nullable String project;

    Names(@Nullable String project) {
        this.project =
                project == null || project.isBlank()
                        ? null
                        : project.replaceFirst("^projects/", "");
    }

    /** {@code projects/ID}. */
    String project() {
        if (project == null) {
            throw new CliException(
                    "a project is needed: give --project ID, set DROVER_PROJECT, or use full resource names");
        }
        return "projects/" + project;
    }

    /** {@code ENV} or a full name. */
    String environment(String text) {
        return inProject("environments", text);
    }

    /** {@code APP} or a full name. */
    String application(String text) {
        return inProject("applications", text);
    }

    /** {@code PROMOTION} or a full name. */
    String promotion(String text) {
        return inProject("promotions", text);
    }

    /** {@code APP/RELEASE} or a full name. */
    String release(String text) {
        if (text.startsWith("projects/")) {
            return text;
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new CliException(
                    "the release "
                            + text
                            + " is not APPLICATION/RELEASE and not a full resource name");
        }
        return application(parts[0]) + "/releases/" + parts[1];
    }

    private String inProject(String collection, String text) {
        if (text.startsWith("projects/")) {
            return text;
        }
        if (text.contains("/")) {
            throw new CliException(
                    text
                            + " is neither an id nor a full resource name like projects/P/"
                            + collection
                            + "/ID");
        }
        return project() + "/" + collection + "/" + text;
    }

    /** The last segment of a resource name. */
    static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The project of a resource name: {@code projects/ID}. */
    static String projectOf(String name) {
        String[] parts = name.split("/", 3);
        if (parts.length < 2 || !parts[0].equals("projects")) {
            throw new CliException(name + " is not in a project");
        }
        return "projects/" + parts[1];
    }

    /** A release as people say it: {@code APP/RELEASE}. */
    static String shortRelease(String name) {
        String[] parts = name.split("/", -1);
        return parts.length == 6 ? parts[3] + "/" + parts[5] : name;
    }
}
