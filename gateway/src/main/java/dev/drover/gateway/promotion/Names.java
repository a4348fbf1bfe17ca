package dev.drover.gateway.promotion;

import dev.drover.v1.Promotion;

/** Names that are made of other names. */
final class Names {
    private Names() {}

    /** The lane of a promotion. */
    static String lane(Promotion promotion) {
        return lane(promotion.getEnvironment(), promotion.getApplication());
    }

    /** The lane of an application in an environment. */
    static String lane(String environment, String application) {
        return environment + "/applications/" + id(application);
    }

    /** What happened to a release in an environment. */
    static String history(String release, String environment) {
        return release + "/environments/" + id(environment);
    }

    /** {@code projects/shop} of any name in it. */
    static String project(String name) {
        String[] parts = name.split("/", 3);
        return parts.length < 2 ? name : parts[0] + "/" + parts[1];
    }

    /** The application of a release. */
    static String application(String release) {
        int end = release.lastIndexOf("/releases/");
        return end < 0 ? "" : release.substring(0, end);
    }

    /** The last segment. */
    static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
