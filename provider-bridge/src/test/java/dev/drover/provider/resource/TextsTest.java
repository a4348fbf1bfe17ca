package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.drover.v1.Environment;
import dev.drover.v1.Project;
import dev.drover.v1.Rule;
import dev.drover.v1.UpdateDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final FieldDescriptor DURATION =
            UpdateDefaults.getDescriptor().findFieldByName("min_healthy_time");
    private static final FieldDescriptor TIME =
            Project.getDescriptor().findFieldByName("create_time");
    private static final FieldDescriptor ENFORCEMENT =
            Rule.getDescriptor().findFieldByName("enforcement");

    @ParameterizedTest
    @CsvSource({
        "10m, 600000",
        "600s, 600000",
        "1h30m, 5400000",
        "1.5s, 1500",
        "250ms, 250",
        "0s, 0",
        "2h0m0.5s, 7200500"
    })
    void durationIsReadInAnyUnit(String text, long millis) throws Exception {
        assertThat(Texts.message(DURATION, text)).isEqualTo(Durations.fromMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "m", "10 m", "-5s", "5s,", "1d", "99999999999999h"})
    void otherTextsAreNoDurations(String text) {
        assertThatThrownBy(() -> Texts.message(DURATION, text))
                .isInstanceOf(Texts.BadText.class)
                .hasMessage("\"%s\" is no duration; write one like 90s, 10m or 1h30m", text);
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 600s, true",
        "10m, 601s, false",
        "1h, 60m, true",
        "soon, soon, true",
        "soon, later, false",
        "soon, 10m, false"
    })
    void durationsAreComparedByMeaning(String one, String other, boolean same) {
        assertThat(Texts.meaning(DURATION).same(one, other)).isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-31T08:00:00Z, 2030-01-31T09:00:00+01:00, true",
        "2030-01-31T08:00:00Z, 2030-01-31T08:00:00.000Z, true",
        "2030-01-31T08:00:00Z, 2030-01-31T08:00:01Z, false",
        "tomorrow, tomorrow, true"
    })
    void timesAreComparedByMeaning(String one, String other, boolean same) {
        assertThat(Texts.meaning(TIME).same(one, other)).isEqualTo(same);
    }

    @Test
    void messagesBecomeTheTextsOfTheApi() {
        assertThat(Texts.text(DURATION, Durations.fromMillis(1500))).isEqualTo("1.500s");
        assertThat(Texts.text(TIME, Timestamp.newBuilder().setSeconds(0).build()))
                .isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void unknownEnumValueIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Texts.enumValue(ENFORCEMENT, "STRICT"))
                .hasMessage("\"STRICT\" is not one of ENFORCE, WARN, SHADOW");
        assertThatThrownBy(() -> Texts.enumValue(ENFORCEMENT, "ENFORCEMENT_UNSPECIFIED"))
                .isInstanceOf(Texts.BadText.class);
    }

    @Test
    void onlyDurationsAndTimesAreTexts() {
        assertThat(Texts.isText(DURATION)).isTrue();
        assertThat(Texts.isText(TIME)).isTrue();
        assertThat(Texts.isText(Environment.getDescriptor().findFieldByName("job_baseline")))
                .isFalse();
    }
}
