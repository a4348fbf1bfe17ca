package dev.drover.provider.resource;

import static dev.drover.provider.resource.Blocks.noun;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NounTest {
    static Iterable<String> types() {
        return Nouns.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyNounHasItsStandardMethodsAndItsPlural(String type) {
        Noun noun = noun(type);
        assertThat(noun.type()).isEqualTo(type);
        assertThat(noun.listMethod()).isNotNull();
        for (String verb : new String[] {"Create", "Get", "Update", "Delete"}) {
            assertThat(noun.method(verb)).as(verb).isNotNull();
        }
        assertThat(Nouns.ofPlural(noun.pluralType())).contains(noun);
        String apiType = "drover.dev/" + noun.message().getName();
        assertThat(Nouns.ofApiType(apiType)).contains(noun);
    }

    @ParameterizedTest
    @CsvSource({
        "drover_policy, policies/prod, true",
        "drover_policy, projects/prod, false",
        "drover_policy, policies/, false",
        "drover_policy, policies/prod/more, false",
        "drover_environment, projects/shop/environments/prod, true",
        "drover_environment, projects/shop/pipelines/prod, false",
        "drover_service_account, serviceAccounts/ci, true",
    })
    void resourceNameIsRecognized(String type, String text, boolean known) {
        assertThat(noun(type).isName(text)).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("types")
    void noAttributeHasANameThatTerraformKeepsForItself(String type) {
        assertThat(noun(type).message().getFields())
                .extracting(FieldDescriptor::getName)
                .doesNotContain(
                        "connection",
                        "count",
                        "depends_on",
                        "for_each",
                        "lifecycle",
                        "provider",
                        "provisioner");
    }

    @Test
    void resourceNameIsMadeOfWhatABlockSays() {
        assertThat(
                        noun("drover_environment")
                                .name(Blocks.object("project", "shop", "name", "prod")))
                .isEqualTo("projects/shop/environments/prod");
        assertThat(noun("drover_service_account").name(Blocks.object("name", "ci")))
                .isEqualTo("serviceAccounts/ci");
    }
}
