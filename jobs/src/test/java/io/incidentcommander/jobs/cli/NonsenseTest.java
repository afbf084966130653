// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.CommanderCli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that make no sense are refused at once, before anything starts, in one clear line. */
class NonsenseTest {
    @ParameterizedTest(name = "{0}: {1}")
    @Timeout(180)
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
run --for x                             | '--for': 'x' is no duration; write
run --for 5                             | '5' is no duration; write
run --for 0s                            | --for 0 ms: a duration from 1 s to
run --for 999ms                         | --for 999 ms: a duration from 1 s to
run --for=PT-5S                         | --for -5 s: a duration from 1 s to
run --for 8d                            | --for 192 h: a duration from 1 s to
run --for 99999999999999d               | --for 2399999999999976 h: a duration
run --for 999999999999999d              | '999999999999999d' is no duration
run --for=90000000000000d90000000000000d | is no duration; write
run --for=-1s                           | '-1s' is no duration
run --rate 0                            | --rate 0: a whole number from 2 to
run --rate 1                            | --rate 1: a whole number from 2 to
run --rate -5                           | --rate -5: a whole number from 2 to
run --rate x                            | '--rate': 'x' is no whole number
run --rate 1e3                          | '--rate': '1e3' is no whole number
run --rate 99999999999                  | --rate 99999999999: a whole number
run --rate                              | '--rate'
run --port 0                            | --port 0: a whole number from 1 to
run --port 65536                        | --port 65536: a whole number from 1 to
run --scenario nosuch                   | unknown scenario 'nosuch'; there are:
run --chaos nosuch                      | unknown chaos 'nosuch'; there are: all
run --chaos killed-agent,x              | unknown chaos 'x'; there are: all
run --chaos all --bedrock               | real models cannot be told to refuse
load --for 0s --rate 5 --source kafka   | --for 0 ms: a duration from 1 s to
load --for x                            | '--for': 'x' is no duration
load --rate -1                          | --rate -1: a whole number from 0 to
load --rate 1.5                         | '--rate': '1.5' is no whole number
load --source kafka --rate 0            | --source kafka needs --rate
load --source carrier-pigeon            | generator, kafka or kinesis
load --warm-up=PT-1S                    | --warm-up -1 s: a duration from 0 ms
load --warm-up soon                     | '--warm-up': 'soon' is no duration
load --parse-only-for 9d                | --parse-only-for 216 h: a duration
load --duplicates 1.5                   | --duplicates 1.5: a share from 0 to 1
load --duplicates NaN                   | --duplicates NaN: a share from 0 to 1
load --duplicates=-0.1                  | --duplicates -0.1: a share from 0 to
load --canonical 0                      | --canonical 0: a whole number from 1
load --canonical 5000                   | --canonical 5000: a whole number
load --parallelism 0                    | '0' is not: integer, 1
load --parallelism x                    | '--parallelism': 'x' is no whole number
load --state paper                      | 'paper' is not:
detect --input pom.xml --out target --sample-budget 0    | a share above 0
detect --input pom.xml --out target --sample-budget 1.1  | '1.1' is not: number
detect --input pom.xml --out target --sample-budget NaN  | 'NaN' is not: number
detect --input pom.xml --out target --sample-budget some | 'some' is not: number
detect --input pom.xml --out target --parallelism 0      | '0' is not: integer
detect --input pom.xml --out target --parallelism -2     | '-2' is not: integer
detect --input pom.xml --out target --parallelism two    | 'two' is not: integer
detect --input pom.xml --out target --parallelism 99999  | '99999' is not:
""")
    void isRefusedInOneLine(String line, String message) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                CommanderCli.commandLine()
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(line.split(" "));

        assertThat(err.toString())
                .hasLineCount(1)
                .startsWith("commander " + line.split(" ")[0] + ": ")
                .contains(message)
                .doesNotContain(Duration.class.getName(), "Exception", "io.incidentcommander");
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(out.toString()).isEmpty();
    }
}
