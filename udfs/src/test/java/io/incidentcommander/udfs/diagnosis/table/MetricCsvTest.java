// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.diagnosis.MetricKey;
import io.incidentcommander.model.diagnosis.MetricTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricCsvTest {
    private static final String HEADER = "node,a,b\nmetric,cpu,latency\nstat,,p90\n";

    @ParameterizedTest
    @CsvSource({
        "1700000060, 1700000000",
        "1700000060000, 1700000000000",
        "2023-11-14T22:14:20Z, 2023-11-14T23:13:20+01:00",
        "2023-11-14 22:14:20, 2023-11-14T22:13:20.000Z"
    })
    void readsTimesAsPeopleWriteThemAndRowsInAnyOrder(String second, String first)
            throws Exception {
        MetricTable table = MetricCsv.read(HEADER + second + ",3,4\n" + first + ",1,2\n");
        assertThat(table.time(0)).isEqualTo(1_700_000_000);
        assertThat(table.time(1)).isEqualTo(1_700_000_060);
        assertThat(table.series().get(new MetricKey("b", "latency", "p90"))).containsExactly(2, 4);
    }

    @Test
    void whatIsMissingIsNotANumberAndShortRowsLackTheirLast() throws Exception {
        MetricTable table = MetricCsv.read(HEADER + "index,,\n1,,NaN\n2,null,n/a\n3,5\n4,inf,-\n");
        assertThat(table.series().get(new MetricKey("a", "cpu", "")))
                .containsExactly(Double.NaN, Double.NaN, 5, Double.NaN);
        assertThat(table.series().get(new MetricKey("b", "latency", "p90")))
                .containsOnly(Double.NaN);
    }

    @Test
    void tellsWhatIsWrongAndWhere() {
        assertWrong("", "three header rows");
        assertWrong("a,b\n", "three header rows");
        assertWrong("time,a_cpu,b_cpu\n1,2,3\n2,3,4\n", "has 1 header rows before row 2");
        assertWrong("t,a,b\nm,cpu,cpu\n1,2,3\n", "has 2 header rows before row 3");
        assertWrong(HEADER, "no row that begins with a time");
        assertWrong(HEADER + "1,2,3\n2,oops,3\n", "row 5, column 2 is no number: 'oops'");
        assertWrong(HEADER + "1,2,3,4\n", "row 4, column 4 is beyond the header, which has 3");
        assertWrong(HEADER + "1,,\n", "no number below its header");
        assertWrong("t,,\nm,cpu,cpu\ns,,\n1,2,3\n", "names no node and metric");
    }

    private static void assertWrong(String text, String words) {
        assertThatThrownBy(() -> MetricCsv.read(text))
                .isInstanceOf(TableException.class)
                .hasMessageContaining(words);
    }
}
