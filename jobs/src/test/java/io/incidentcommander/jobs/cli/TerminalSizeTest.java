// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalSizeTest {
    @Test
    void rowsComeBeforeColumns() {
        TerminalSize size = TerminalSize.parse("40 130\n").orElseThrow();
        assertThat(size.rows()).isEqualTo(40);
        assertThat(size.columns()).isEqualTo(130);
    }

    @Test
    void noTerminalOrOneTooSmallHasNoSize() {
        assertThat(TerminalSize.parse("")).isEmpty();
        assertThat(TerminalSize.parse("0 0")).isEmpty();
        assertThat(TerminalSize.parse("11 80")).isEmpty();
        assertThat(TerminalSize.parse("speed 9600")).isEmpty();
    }
}
