// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {
    @Test
    void whatIsListedMayBeDoneUpToItsRiskOnSoMany() {
        Problems problems = new Problems("test");
        AllowList list =
                AllowList.read(
                        "shop: {risk: medium, changes: 1, of: 4}\n"
                                + "disk: {risk: CRITICAL, changes: 2, of: 2}\n",
                        problems);
        assertThat(problems.all()).isEmpty();
        assertThat(list.risks())
                .isEqualTo(Map.of("shop", RiskLevel.MEDIUM, "disk", RiskLevel.CRITICAL));
        assertThat(list.targets("shop")).isEqualTo(1);
        assertThat(list.fleet("shop")).isEqualTo(4);
        assertThat(list.targets("web")).as("not listed").isZero();
        assertThat(list.fleet("web")).isZero();
    }

    @Test
    void nothingIsAllowedByNoList() {
        assertThat(AllowList.nothing().risks()).isEmpty();
        assertThat(AllowList.read("{}", new Problems("test")).risks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{risk: medium, changes: 1}              | of is missing",
                "{risk: wild, changes: 1, of: 4}         | no such risk: wild",
                "{risk: low, changes: 0, of: 4}          | an action changes one instance at least",
                "{risk: low, changes: 5, of: 4}          | not more than there are",
                "{risk: low, changes: 1, of: 9999999999} | not more than there are",
                "{risk: low, changes: 1, of: 4, so: 2}   | so",
            })
    void whatIsWrongIsToldWithItsLineAndAllowsNothing(String entry, String problem) {
        Problems problems = new Problems("test");
        AllowList list = AllowList.read("\nshop: " + entry, problems);
        List<String> told =
                problems.all().stream()
                        .map(Problems.Problem::toString)
                        .collect(Collectors.toList());
        assertThat(told).isNotEmpty();
        assertThat(told.get(0)).contains(problem).contains("2");
        if (!entry.contains("so:")) {
            assertThat(list.risks()).isEmpty();
        }
    }
}
