// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport.Outcome;
import io.incidentcommander.model.correlation.ControlUpdate;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServiceChangesTest {
    private final ControlBook book = new ControlBook(1);

    @Test
    void oneIdIsOneChangeAndTheHighestSequenceSaysWhich() {
        assertThat(tell("c", 2, 100, "{service: a, what: v2}")).isEqualTo(Outcome.APPLIED);
        assertThat(tell("c", 2, 100, "{service: a, what: v2}")).isEqualTo(Outcome.STALE);
        assertThat(tell("c", 1, 100, "{service: a, what: v1}")).isEqualTo(Outcome.STALE);
        assertThat(all()).containsExactly("a v2 by ann");
        assertThat(tell("c", 3, 200, "{service: b, what: v3}")).isEqualTo(Outcome.APPLIED);
        assertThat(all()).as("corrected").containsExactly("b v3 by ann");
        assertThat(book.retained()).hasSize(1);
    }

    @Test
    void whatIsTakenBackNeverWas() {
        tell("c", 1, 100, "{service: a, what: v1}");
        book.accept(ControlUpdate.withdraw(ControlKind.CHANGE, "acme", "c", 2, 300, "bob"));
        assertThat(all()).isEmpty();
        assertThat(tell("c", 1, 100, "{service: a, what: v1}")).isEqualTo(Outcome.STALE);
    }

    @Test
    void whatIsWrongIsRefusedWithItsLineAndChangesNothing() {
        assertThat(
                        book.accept(change("c", 1, 0, "service: a\nwat: v1\n"))
                                .report(change("c", 1, 0, "x"), 0)
                                .reason())
                .contains("line 2: ")
                .contains("wat")
                .contains("key what is missing");
        assertThat(tell("c", 1, 0, "{service: a, what: " + "v".repeat(121) + "}"))
                .isEqualTo(Outcome.REFUSED);
        assertThat(all()).isEmpty();
        assertThat(book.retained()).isEmpty();
    }

    @Test
    void itIsForgottenAfterItsTimeAndThereAreSoManyAtMost() {
        for (int i = 0; i < ServiceChanges.MOST; i++) {
            tell("c" + i, 1, i, "{service: a, what: v1}");
        }
        assertThat(tell("more", 1, 0, "{service: a, what: v1}")).isEqualTo(Outcome.REFUSED);
        assertThat(tell("c0", 2, 0, "{service: a, what: v2}"))
                .as("one that is known")
                .isEqualTo(Outcome.APPLIED);
        book.expire(0, ServiceChanges.MOST - 1);
        assertThat(all()).hasSize(1);
        assertThat(book.retained()).hasSize(1);
        assertThat(tell("more", 1, 0, "{service: a, what: v1}")).isEqualTo(Outcome.APPLIED);
    }

    private Outcome tell(String id, long sequence, long at, String body) {
        return book.accept(change(id, sequence, at, body)).outcome();
    }

    private static ControlUpdate change(String id, long sequence, long at, String body) {
        return ControlUpdate.set(ControlKind.CHANGE, "acme", id, sequence, at, "ann", body);
    }

    private List<String> all() {
        return book.changes("acme", Long.MIN_VALUE, Long.MAX_VALUE).stream()
                .map(ServiceChange::toString)
                .collect(Collectors.toList());
    }
}
