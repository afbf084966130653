// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport.Outcome;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ControlBookTest {
    private final ControlBook book = new ControlBook(3);

    private static ControlUpdate silence(String id, long sequence, long effective, String matcher) {
        return ControlUpdate.set(
                ControlKind.SILENCE,
                "acme",
                id,
                sequence,
                effective,
                "ann",
                "{id: "
                        + id
                        + ", matchers: ['"
                        + matcher
                        + "'], starts_at: 1970-01-01T00:00:00Z, ends_at: 1970-01-01T00:00:01Z,"
                        + " owner: ann, reason: test}");
    }

    private static ControlUpdate document(long sequence, long effective, String yaml) {
        return ControlUpdate.set(
                ControlKind.DOCUMENT, "acme", "rules", sequence, effective, "ann", yaml);
    }

    private Optional<String> silenced(String tenant, String service, long millis) {
        return book.rules(tenant, millis)
                .silenced(name -> name.equals("service") ? service : "", millis);
    }

    @Example
    void anUpdateHoldsFromItsEffectiveTimeOn() {
        assertThat(book.accept(silence("s", 1, 300, "service=a")).outcome())
                .isEqualTo(Outcome.APPLIED);
        assertThat(silenced("acme", "a", 299)).isEmpty();
        assertThat(silenced("acme", "a", 300)).isPresent();
        assertThat(silenced("acme", "a", 1_000)).isEmpty();
        assertThat(silenced("other", "a", 300)).isEmpty();
    }

    @Example
    void aWithdrawalEndsItAtItsTimeAndWhatWasBeforeStands() {
        book.accept(silence("s", 1, 0, "service=a"));
        book.accept(ControlUpdate.withdraw(ControlKind.SILENCE, "acme", "s", 2, 500, "ann"));
        assertThat(silenced("acme", "a", 499)).isPresent();
        assertThat(silenced("acme", "a", 500)).isEmpty();
    }

    @Example
    void repeatsAndOvertakenUpdatesChangeNothing() {
        book.accept(silence("s", 2, 0, "service=a"));
        assertThat(book.accept(silence("s", 2, 0, "service=a")).outcome()).isEqualTo(Outcome.STALE);
        assertThat(book.accept(silence("s", 1, 0, "service=b")).outcome()).isEqualTo(Outcome.STALE);
        assertThat(silenced("acme", "b", 1)).isEmpty();
        assertThat(book.retained()).hasSize(1);
    }

    @Example
    void aDocumentWithErrorsIsRefusedAndTheOldOneStays() {
        book.accept(document(1, 0, "services: {orders: {tier: CRITICAL}}"));
        ControlVerdict verdict =
                book.accept(
                        document(
                                2,
                                10,
                                "services:\n  orders: {tier: HUGE}\ninhibition:\n- equal: [a]\n"
                                        + "silences: 7\n"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict.reason())
                .contains("line 2: 'HUGE' is no tier")
                .contains("line 4: key source_matchers is missing")
                .contains("line 5: expected a list");
        assertThat(book.rules("acme", 20).catalogue().get("orders").tier())
                .isEqualTo(ServiceTier.CRITICAL);
        assertThat(book.accept(document(2, 10, "services: {}")).outcome())
                .as("its sequence is still free")
                .isEqualTo(Outcome.APPLIED);
        assertThat(book.rules("acme", 20).catalogue().knows("orders")).isFalse();
        assertThat(book.rules("acme", 9).catalogue().knows("orders")).isTrue();
    }

    @Example
    void aServiceInNoCatalogueIsASupportingOneOfNobody() {
        assertThat(book.rules("acme", 0).catalogue().get("unheard-of").tier())
                .isEqualTo(ServiceTier.SUPPORTING);
    }

    @Example
    void silencesAreBoundedAndExpire() {
        for (int i = 0; i < 3; i++) {
            book.accept(silence("s" + i, 1, 0, "service=a"));
        }
        assertThat(book.accept(silence("s3", 1, 0, "service=a")).reason())
                .contains("the most there may be");
        book.expire(1_000);
        assertThat(book.retained()).isEmpty();
        assertThat(book.silences()).isZero();
        assertThat(book.accept(silence("s3", 1, 0, "service=a")).outcome())
                .isEqualTo(Outcome.APPLIED);
    }

    @Example
    void aFileHoldsAgainAfterTheUpdateOfItsNameIsWithdrawn() {
        List<Problems.Problem> problems = new ArrayList<>();
        ControlBook files =
                ControlBook.of(
                        List.of(
                                new ControlFile(
                                        "rules", "tenant: acme\nservices: {a: {users: 5}}")),
                        10,
                        problems);
        assertThat(problems).isEmpty();
        files.accept(document(1, 100, "services: {a: {users: 6}}"));
        files.accept(ControlUpdate.withdraw(ControlKind.DOCUMENT, "acme", "rules", 2, 200, "ann"));
        assertThat(files.rules("acme", 99).catalogue().get("a").users()).isEqualTo(5);
        assertThat(files.rules("acme", 100).catalogue().get("a").users()).isEqualTo(6);
        assertThat(files.rules("acme", 200).catalogue().get("a").users()).isEqualTo(5);
    }

    /** Whatever the order in which ids interleave, and after a restore, the same holds. */
    @Property
    void theOutcomeDependsOnTheUpdatesAloneAndSurvivesARestore(
            @ForAll @Size(max = 15) List<@IntRange(max = 1023) Integer> choices) {
        List<ControlUpdate> updates = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            int choice = choices.get(i);
            String id = "s" + choice % 3;
            long effective = choice / 4 % 10 * 100L;
            updates.add(
                    choice % 8 == 7
                            ? ControlUpdate.withdraw(
                                    ControlKind.SILENCE, "acme", id, i + 1, effective, "ann")
                            : choice % 8 == 6
                                    ? document(
                                            i + 1,
                                            effective,
                                            "services: {a: {users: " + choice + "}}")
                                    : silence(
                                            id, i + 1, effective, "service=" + "ab".charAt(i % 2)));
        }
        ControlBook inOrder = new ControlBook(10);
        updates.forEach(inOrder::accept);
        ControlBook byId = new ControlBook(10);
        updates.stream().sorted(Comparator.comparing(u -> u.kind() + u.id())).forEach(byId::accept);
        updates.forEach(byId::accept);
        ControlBook restored = new ControlBook(10);
        inOrder.retained().values().stream()
                .sorted(Comparator.comparingLong(ControlUpdate::sequence))
                .forEach(restored::accept);
        for (long time = 0; time <= 1_000; time += 50) {
            for (String service : List.of("a", "b")) {
                assertThat(answer(byId, service, time)).isEqualTo(answer(inOrder, service, time));
                assertThat(answer(restored, service, time))
                        .isEqualTo(answer(inOrder, service, time));
            }
        }
    }

    private static String answer(ControlBook book, String service, long millis) {
        TenantRules rules = book.rules("acme", millis);
        return rules.silenced(name -> name.equals("service") ? service : "", millis)
                + " "
                + rules.catalogue().get(service).users();
    }
}
