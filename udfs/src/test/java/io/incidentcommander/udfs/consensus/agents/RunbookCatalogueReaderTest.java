// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.correlation.yaml.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunbookCatalogueReaderTest {
    private static final String GOOD =
            "a: {version: '1', types: [ddos], risk: low, takes: 1 min, rollback: none}\n";

    @Test
    void aGoodCatalogueHasNoProblems() {
        Problems problems = new Problems("f");
        assertThat(RunbookCatalogueReader.read(GOOD, problems).size()).isEqualTo(1);
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b: {version: '1', types: [ddos], risk: low, takes: 1 min}",
                "b: {version: '1', types: [fire], risk: low, takes: 1 min, rollback: x}",
                "b: {version: '1', types: [], risk: low, takes: 1 min, rollback: x}",
                "b: {version: '1', types: [ddos], risk: some, takes: 1 min, rollback: x}",
                "b: {version: '1', types: [ddos], risk: low, takes: soon, rollback: x}",
                "b: {version: '1', types: [ddos], risk: low, takes: 1 s, rollback: x, run: rm}",
            })
    void whatIsWrongIsToldWithItsLine(String line) {
        Problems problems = new Problems("f");
        RunbookCatalogueReader.read(GOOD + line, problems);
        assertThat(problems.all()).isNotEmpty();
        assertThat(problems.all()).allMatch(problem -> problem.line() == 2);
    }
}
