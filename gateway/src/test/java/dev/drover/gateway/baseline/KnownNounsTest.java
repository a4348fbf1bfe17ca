package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.record.StoredRecord;
import dev.drover.v1.Project;
import org.junit.jupiter.api.Test;

class KnownNounsTest {
    private final Kind<Project> kind = Kind.of(Project.getDefaultInstance(), new AnyNoun<>());
    private final KnownNouns nouns = new KnownNouns();

    @Test
    void recordIsReadOnce() {
        StoredRecord record = record(1, "Shop");
        assertThat(nouns.read(kind, record)).isSameAs(nouns.read(kind, record));
        assertThat(nouns.read(kind, record)).isEqualTo(kind.read(record));
    }

    @Test
    void changedRecordIsReadAnew() {
        Project before = nouns.read(kind, record(1, "Shop"));
        Project after = nouns.read(kind, record(2, "Shopping"));
        assertThat(after.getDisplayName()).isEqualTo("Shopping");
        assertThat(after.getEtag()).isNotEqualTo(before.getEtag());
    }

    private static StoredRecord record(long revision, String displayName) {
        Project project =
                Project.newBuilder().setName("projects/shop").setDisplayName(displayName).build();
        return new StoredRecord("Project", "projects/shop", revision, project.toByteString());
    }
}
