package dev.drover.gateway.decision;

import dev.drover.v1.ImageFacts;

/** Takes image references apart. */
final class ImageReference {

    private ImageReference() {}

    /** The parts of {@code registry:5000/team/web:1.2@sha256:…}. */
    static ImageFacts facts(String reference) {
        int at = reference.indexOf('@');
        String digest = at < 0 ? "" : reference.substring(at + 1);
        String tagged = at < 0 ? reference : reference.substring(0, at);
        // A colon before the last slash belongs to the registry's port.
        int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
        String tag = colon < 0 ? "" : tagged.substring(colon + 1);
        return ImageFacts.newBuilder()
                .setReference(reference)
                .setRepository(colon < 0 ? tagged : tagged.substring(0, colon))
                .setTag(tag.isEmpty() && digest.isEmpty() ? "latest" : tag)
                .setDigest(digest)
                .build();
    }
}
