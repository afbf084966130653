// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport.Outcome;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Grounds;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** web calls orders, orders calls orders-db; search is nobody's matter. */
class ChangesBeforeTest {
    private static final long BEGAN = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;

    private final ControlBook book = new ControlBook(1);

    @Test
    void changesOfWhatIsAffectedAndOfWhatItCallsAreSaidTheNewestFirst() {
        calls();
        changed("c1", "orders-db", "schema 17", 40);
        changed("c2", "orders", "deployment v42", 4);
        changed("c3", "search", "deployment v9", 3);
        changed("c4", "web", "flag basket on", 2);
        assertThat(said("orders"))
                .isEqualTo(
                        "orders deployment v42 by ann, 4 min before;"
                                + " orders-db schema 17 by ann, 40 min before");
    }

    @Test
    void threeAreSaidAtMost() {
        for (int minutes = 5; minutes > 0; minutes--) {
            changed("c" + minutes, "orders", "v" + minutes, minutes);
        }
        assertThat(said("orders"))
                .isEqualTo(
                        "orders v1 by ann, 1 min before; orders v2 by ann, 2 min before;"
                                + " orders v3 by ann, 3 min before");
    }

    @Test
    void whatIsOlderThanAnHourOrCameAfterIsNotSaid() {
        changed("old", "orders", "old", 61);
        changed("after", "orders", "after", -1);
        assertThat(said("orders")).isEmpty();
        changed("edge", "orders", "edge", 60);
        changed("now", "orders", "now", 0);
        assertThat(said("orders"))
                .isEqualTo(
                        "orders now by ann, less than a minute before;"
                                + " orders edge by ann, 60 min before");
    }

    @Test
    void changesOfOtherTenantsAreNotSaidButThoseOfAllAre() {
        accept("other", "c1", 1, 1, "{service: orders, what: theirs}");
        accept("*", "c2", 1, 2, "{service: orders, what: everybody's}");
        assertThat(said("orders")).isEqualTo("orders everybody's by ann, 2 min before");
    }

    @Test
    void whatAlertsSayOfADeploymentComesAfterWhatIsKnown() {
        changed("c1", "orders", "v42", 4);
        Incident incident =
                incident("orders")
                        .type(IncidentType.DEPLOYMENT_REGRESSION)
                        .grounds(new Grounds(List.of(), 0, 1, List.of("canary of orders fails")))
                        .build();
        assertThat(ChangesBefore.of(incident, BEGAN, book))
                .isEqualTo(
                        "orders v42 by ann, 4 min before; its alerts say: canary of orders fails");
    }

    private void calls() {
        book.accept(
                ControlUpdate.set(
                        ControlKind.DOCUMENT,
                        "acme",
                        "calls",
                        1,
                        0,
                        "ann",
                        "topology: {web: [orders], orders: [orders-db]}"));
    }

    private void changed(String id, String service, String what, int minutesBefore) {
        accept("acme", id, 1, minutesBefore, "{service: " + service + ", what: " + what + "}");
    }

    private void accept(String tenant, String id, long sequence, int minutesBefore, String body) {
        ControlUpdate update =
                ControlUpdate.set(
                        ControlKind.CHANGE,
                        tenant,
                        id,
                        sequence,
                        BEGAN - minutesBefore * MINUTE,
                        "ann",
                        body);
        assertThat(book.accept(update).outcome()).isEqualTo(Outcome.APPLIED);
    }

    private String said(String service) {
        return ChangesBefore.of(incident(service).build(), BEGAN, book);
    }

    private static Incident.Builder incident(String service) {
        return Incident.builder()
                .incidentId("i")
                .tenant("acme")
                .severity(Severity.HIGH)
                .services(List.of(service))
                .openedAtMillis(BEGAN)
                .updatedAtMillis(BEGAN)
                .sequence(1);
    }
}
