// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of all states names each state of the release, with a bound. */
class StateListTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Timers, keys and split positions are Flink's, and told of in words. */
    private static final Pattern OF_FLINK =
            Pattern.compile(".*/(<key>|_timer_state/.*|SourceReaderState)");

    @Test
    void everyStateOfTheReleaseIsListed() throws Exception {
        List<Pattern> listed = new ArrayList<>();
        table().forEach(
                        (operator, states) ->
                                states.forEach(state -> listed.add(glob(operator + "/" + state))));
        List<String> missing = new ArrayList<>();
        for (String state : released()) {
            if (listed.stream().noneMatch(known -> known.matcher(state).matches())) {
                missing.add(state);
            }
        }
        assertThat(missing).as("not in docs/state.md").isEmpty();
    }

    @Test
    void everyRowHasABound() throws Exception {
        for (String row : rows()) {
            String[] cells = row.split("\\|", -1);
            assertThat(cells).as(row).hasSize(7);
            assertThat(cells[5]).as(row).isNotBlank();
        }
    }

    private static List<String> released() throws Exception {
        return Files.readAllLines(GoldenSavepointITCase.golden("0.1.0").resolve("whole/states.txt"))
                .stream()
                .filter(state -> !OF_FLINK.matcher(state).matches())
                .toList();
    }

    /** States by operator; a row without an operator is of the one above. */
    private static Map<String, List<String>> table() throws IOException {
        Map<String, List<String>> states = new TreeMap<>();
        String operator = "";
        for (String row : rows()) {
            String[] cells = row.split("\\|", -1);
            List<String> named = codeIn(cells[1]);
            operator = named.isEmpty() ? operator : named.get(0);
            states.computeIfAbsent(operator, o -> new ArrayList<>()).addAll(codeIn(cells[2]));
        }
        return states;
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(page()).stream()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }

    private static List<String> codeIn(String cell) {
        List<String> found = new ArrayList<>();
        Matcher code = CODE.matcher(cell);
        while (code.find()) {
            found.add(code.group(1));
        }
        return found;
    }

    private static Pattern glob(String text) {
        return Pattern.compile("\\Q" + text.replace("*", "\\E[^/]*\\Q") + "\\E");
    }

    private static Path page() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("docs"))) {
            at = at.getParent();
        }
        return at.resolve("docs/state.md");
    }
}
