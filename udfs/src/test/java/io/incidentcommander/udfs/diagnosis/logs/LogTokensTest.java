// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTokensTest {
    @ParameterizedTest
    @CsvSource({
        "counted 17, counted <*>",
        "counted -17, counted <*>",
        "counted +17, counted <*>",
        "offset=-3 of [-3], offset=<*> of [<*>]",
        "10.0.0.1:80 said no, <*> said no",
        "2024-03-01 to 2024-03-02, <*> to <*>",
        "worker-3 gave up, worker-<*> gave up",
        "id 3f2a-88c1-00de-9a77 gone, id <*> gone",
        "- 3 left, - <*> left",
    })
    void whatVariesIsMaskedWithItsSign(String text, String signature) {
        assertThat(LogTokens.signature(text)).isEqualTo(signature);
    }
}
