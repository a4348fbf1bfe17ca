package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1.4.2        | 1.4.2             | true
                    v1.4.2       | = 1.4.2           | true
                    1.4.3        | 1.4.2             | false
                    1.4.2        | >= 1.2, < 2       | true
                    2.0.0        | >= 1.2, < 2       | false
                    1.2.0        | > 1.2             | false
                    1.2.0        | <=1.2             | true
                    1.9.9        | ~> 1.4            | true
                    2.0.0        | ~> 1.4            | false
                    1.4.9        | ~> 1.4.2          | true
                    1.5.0        | ~> 1.4.2          | false
                    1.4.3        | != 1.4.3          | false
                    1.10.0       | > 1.9.0           | true
                    1.4.2+build  | 1.4.2             | true
                    2.0.0-alpha  | >= 1.0            | false
                    1.0.0-rc.2   | >= 1.0.0-rc.1     | true
                    1.1.0-rc.2   | >= 1.0.0-rc.1     | false
                    1.0.0-rc.1   | != 1.0.0-rc.2     | false
                    1.0.0        | >= 1.0.0-rc.1     | true
                    """)
    void rangeLetsThroughWhatItsConditionsSay(String version, String range, boolean contained) {
        assertThat(VersionRange.parse(range).contains(version))
                .as(version + " in " + range)
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    newest       | "newest" is no condition
                    ''           | "" is no condition
                    >= 1.2,      | "" is no condition
                    => 1.2       | "=> 1.2" is no condition
                    ~> 1         | needs two or three numbers
                    >= 01.2      | names no version
                    """)
    void rangeThatIsNoneIsRefusedWithWhatWouldBeOne(String range, String problem) {
        assertThatThrownBy(() -> VersionRange.parse(range)).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"1.2", "latest", "''", "1.2.3.4"})
    void versionThatIsNoneIsRefused(String version) {
        assertThatThrownBy(() -> VersionRange.parse(">= 1").contains(version))
                .hasMessageContaining("is no version; write one like 1.4.2");
    }
}
