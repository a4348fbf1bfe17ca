package dev.drover.gateway.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.nomad.RealNomad;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts, numbers and pages that nobody sends but an adversary. */
class OddTextTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir static Path directory;
    private static Shop shop;
    private static String release = "";

    @BeforeAll
    static void open() {
        shop = Shop.open(NOMAD, directory);
        release = shop.release("1.0.0", Jobspecs.WEB);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"displayName\": \"a\\u001b[2Jb\"}     | project.display_name   | U+001B",
                "{\"displayName\": \"a\\u0000b\"}        | project.display_name   | U+0000",
                "{\"labels\": {\"tier\": \"\\u202eprod\"}} | project.labels[\"tier\"] | U+202E",
            })
    void charactersThatHideSomethingAreRefused(String body, String field, String character) {
        Answer answer = shop.refused("PATCH", "projects/shop", body);
        assertThat(answer.field()).isEqualTo(field);
        assertThat(answer.message()).contains("has the character " + character, "leave it out");
    }

    @Test
    void reasonOfAPromotionHidesNothingAndIsShort() {
        String promotion = Shop.promotion(release, Shop.STAGING).replaceFirst("}$", "");
        Answer hiding =
                shop.refused(
                        "POST",
                        "projects/shop/promotions",
                        promotion + ", \"reason\": \"fix\\u001b[8m all\"}");
        assertThat(hiding.field()).isEqualTo("promotion.reason");
        assertThat(hiding.message()).contains("U+001B");

        Answer endless =
                shop.refused(
                        "POST",
                        "projects/shop/promotions",
                        promotion + ", \"reason\": \"" + "x".repeat(1001) + "\"}");
        assertThat(endless.message())
                .isEqualTo("promotion.reason: has 1001 characters; at most 1000");
    }

    @Test
    void textsOfAnyLanguageAreKeptAsTheyAre() {
        String name = "\u05e9\u05dc\u05d5\u05dd, \u4f60\u597d, e\u0301 \ud83d\ude80";
        shop.call(Shop.ROOT, "PATCH", "projects/shop", "{\"displayName\": \"" + name + "\"}")
                .succeeded();
        assertThat(shop.get("projects/shop").path("displayName").asText()).isEqualTo(name);
    }

    @Test
    void halfASurrogatePairIsRefusedAndNotReplaced() {
        Answer answer = shop.refused("PATCH", "projects/shop", "{\"displayName\": \"a\\ud800\"}");
        assertThat(answer.field()).isEqualTo("project.display_name");
        assertThat(answer.message()).contains("half of a surrogate pair", "line 1, column");
    }

    @ParameterizedTest
    @CsvSource({"30", "60", "90", "5000"})
    void valueThatIsTooDeepIsRefusedAndEverythingCanStillBeRead(int levels) {
        Answer answer =
                shop.refused(
                        "PATCH",
                        Shop.STAGING,
                        "{\"variables\": {\"a\": "
                                + "[".repeat(levels)
                                + "]".repeat(levels)
                                + "}}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).doesNotContain("StreamReadConstraints");
        assertThat(shop.get("projects/shop/environments").path("environments")).hasSize(2);
    }

    @Test
    void numberThatIsNoneIsRefusedInWordsForPeople() {
        Answer answer = shop.refused("PATCH", Shop.STAGING, "{\"variables\": {\"a\": NaN}}");
        assertThat(answer.reason()).isEqualTo("MALFORMED_REQUEST");
        assertThat(answer.message()).contains("'NaN' at line 1, column").doesNotContain("Jackson");
        assertThat(shop.refused("PATCH", Shop.STAGING, "{\"variables\": {\"a\": 1e999}}").status())
                .isEqualTo(400);
    }

    @Test
    void idIsAtMost63CharactersLong() {
        String longest = "a".repeat(63);
        shop.post("projects?projectId=" + longest, "{}");
        assertThat(shop.refused("POST", "projects?projectId=a" + longest, "{}").message())
                .contains("project_id: 'a" + longest + "' is not an id; choose 1 to 63 of a-z");
    }

    @Test
    void pageThatCannotBeIsRefused() {
        assertThat(shop.refused("GET", "projects?pageSize=-1", "").message())
                .isEqualTo("page_size: -1 is negative; 0 is 50");
        shop.post("projects?projectId=one", "{}");
        String token = shop.get("projects?pageSize=1").path("nextPageToken").asText();
        assertThat(shop.refused("GET", "clusters?pageToken=" + token, "").message())
                .startsWith("page_token: is not a token of this list; send next_page_token");
        assertThat(shop.refused("GET", "projects?orderBy=uid&pageToken=" + token, "").reason())
                .isEqualTo("INVALID_QUERY");
    }
}
