package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void whatMovesTheCursorOrTurnsDirectionIsWrittenOut() {
        assertThat(Shown.text("ok\u001b[2J\u202e!\r\u0000\u009b"))
                .isEqualTo("ok\\u001b[2J\\u202e!\\u000d\\u0000\\u009b");
    }

    @Test
    void otherTextsStayAsTheyAre() {
        String text = "one\n\ttwo \u05e9\u05dc\u05d5\u05dd \ud83d\ude80";
        assertThat(Shown.text(text)).isEqualTo(text);
    }
}
