package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.v1.ImageFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx, latest, ''",
        "nginx:1.27, nginx, 1.27, ''",
        "nginx:latest, nginx, latest, ''",
        "registry:5000/team/web, registry:5000/team/web, latest, ''",
        "registry:5000/team/web:2, registry:5000/team/web, 2, ''",
        "web@sha256:ab, web, '', sha256:ab",
        "registry:5000/web:2@sha256:ab, registry:5000/web, 2, sha256:ab",
    })
    void partsAreToldApart(String reference, String repository, String tag, String digest) {
        assertThat(ImageReference.facts(reference))
                .isEqualTo(
                        ImageFacts.newBuilder()
                                .setReference(reference)
                                .setRepository(repository)
                                .setTag(tag)
                                .setDigest(digest)
                                .build());
    }
}
