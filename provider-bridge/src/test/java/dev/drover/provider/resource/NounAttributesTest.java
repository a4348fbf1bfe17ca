package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Terraform's schema of nouns; each line of the golden files is one attribute. */
class NounAttributesTest {
    private static final NounAttributes ATTRIBUTES = new NounAttributes(Comments.read());
    private static final Noun ENVIRONMENT = Blocks.noun("drover_environment");

    @Test
    void resourceOfAnEnvironmentIsAsItWas() throws Exception {
        assertThat(lines(ATTRIBUTES.resource(ENVIRONMENT)))
                .isEqualTo(golden("drover_environment.resource.txt"));
    }

    @Test
    void dataSourceOfClustersIsAsItWas() throws Exception {
        assertThat(lines(ATTRIBUTES.listDataSource(Blocks.noun("drover_cluster"))))
                .isEqualTo(golden("drover_clusters.data.txt"));
    }

    @Test
    void everythingSaysWhatItIs() {
        for (String type : Nouns.types()) {
            Noun noun = Blocks.noun(type);
            for (Schema schema :
                    List.of(
                            ATTRIBUTES.resource(noun),
                            ATTRIBUTES.dataSource(noun),
                            ATTRIBUTES.listDataSource(noun))) {
                assertThat(schema.description()).as(type).isNotEmpty();
                assertDescribed(type, schema.attributes());
            }
        }
    }

    private static void assertDescribed(String where, List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            String here = where + "." + attribute.name();
            assertThat(attribute.description()).as(here).isNotEmpty();
            attribute.nested().ifPresent(nested -> assertDescribed(here, nested.attributes()));
        }
    }

    private static String lines(Schema schema) {
        StringBuilder lines = new StringBuilder();
        append(lines, "", schema.attributes());
        return lines.toString();
    }

    private static void append(StringBuilder lines, String prefix, List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            lines.append(prefix).append(attribute.name()).append(": ");
            lines.append(
                    attribute
                            .nested()
                            .map(nested ->
                                    nested.nesting().toString().toLowerCase(java.util.Locale.ROOT))
                            .orElseGet(() -> type(attribute.type())));
            lines.append(' ')
                    .append(attribute.presence().toString().toLowerCase(java.util.Locale.ROOT));
            flag(lines, attribute.rules().writeOnly(), "write-only");
            flag(lines, attribute.rules().sensitive(), "sensitive");
            flag(lines, attribute.rules().requiresReplace(), "replaces");
            flag(lines, attribute.rules().keepsPrior(), "for life");
            flag(lines, attribute.rules().meaning().same("60s", "1m"), "by meaning");
            flag(lines, !attribute.deprecation().isEmpty(), "deprecated");
            lines.append('\n');
            attribute
                    .nested()
                    .ifPresent(nested -> append(lines, prefix + "  ", nested.attributes()));
        }
    }

    private static void flag(StringBuilder lines, boolean set, String name) {
        lines.append(set ? ", " + name : "");
    }

    private static String type(Type type) {
        return switch (type) {
            case Type.Simple simple -> simple.toString();
            case Type.ListOf list -> "list of " + type(list.element());
            case Type.SetOf set -> "set of " + type(set.element());
            case Type.MapOf map -> "map of " + type(map.element());
            default -> type.toString();
        };
    }

    private static String golden(String name) throws Exception {
        try (InputStream in =
                Objects.requireNonNull(NounAttributesTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
