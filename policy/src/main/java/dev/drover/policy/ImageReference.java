package dev.drover.policy;

import dev.drover.v1.ImageFacts;

/** Takes image references apart. */
public final class ImageReference {

    /** Where a reference that names no registry is fetched from. */
    private static final String DEFAULT_REGISTRY = "docker.io";

    private ImageReference() {}

    /** The parts of {@code registry:5000/team/web:1.2@sha256:…}; any text has some. */
    public static ImageFacts facts(String reference) {
        int at = reference.indexOf('@');
        String digest = at < 0 ? "" : reference.substring(at + 1);
        String tagged = at < 0 ? reference : reference.substring(0, at);
        // A colon before the last slash belongs to the registry's port.
        int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
        String tag = colon < 0 ? "" : tagged.substring(colon + 1);
        String repository = colon < 0 ? tagged : tagged.substring(0, colon);
        return ImageFacts.newBuilder()
                .setReference(reference)
                .setRepository(repository)
                .setTag(tag.isEmpty() && digest.isEmpty() ? "latest" : tag)
                .setDigest(digest)
                .setRegistry(registry(repository))
                .build();
    }

    /** Only a first segment that looks like a host is one: {@code shop/web} is a path. */
    private static String registry(String repository) {
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? first : DEFAULT_REGISTRY;
    }
}
