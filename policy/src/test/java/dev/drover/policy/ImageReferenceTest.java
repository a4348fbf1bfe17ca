package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.v1.ImageFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReferenceTest {

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io, nginx, latest, ''",
        "nginx:1.27, docker.io, nginx, 1.27, ''",
        "nginx:latest, docker.io, nginx, latest, ''",
        "shop/web:1, docker.io, shop/web, 1, ''",
        "registry:5000/team/web, registry:5000, registry:5000/team/web, latest, ''",
        "registry:5000/team/web:2, registry:5000, registry:5000/team/web, 2, ''",
        "registry.example/web:2, registry.example, registry.example/web, 2, ''",
        "localhost/web:2, localhost, localhost/web, 2, ''",
        "web@sha256:ab, docker.io, web, '', sha256:ab",
        "registry:5000/web:2@sha256:ab, registry:5000, registry:5000/web, 2, sha256:ab",
        "'', docker.io, '', latest, ''",
        "/:@/, docker.io, /, '', /",
    })
    void partsAreToldApart(
            String reference, String registry, String repository, String tag, String digest) {
        assertThat(ImageReference.facts(reference))
                .isEqualTo(
                        ImageFacts.newBuilder()
                                .setReference(reference)
                                .setRepository(repository)
                                .setTag(tag)
                                .setDigest(digest)
                                .setRegistry(registry)
                                .build());
    }
}
