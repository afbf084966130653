// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybookReaderTest {
    private static final String GOOD =
            "clean:\n"
                    + "  version: '1'\n"
                    + "  types: [storage_failure]\n"
                    + "  risk: medium\n"
                    + "  takes: 1 min\n"
                    + "  parameters: {keep: 50%}\n"
                    + "  rollback: restore\n"
                    + "  acts:\n"
                    + "    target: {tag: service, kind: volume}\n"
                    + "    permissions: ['ec2:CreateSnapshot']\n"
                    + "    resources: ['arn:aws:ec2:*:*:volume/${service}']\n"
                    + "    parameters: {keep: {type: percent, min: 10, max: 100}}\n"
                    + "    sandbox: [{name: rehearse, document: Clean}]\n"
                    + "    change:\n"
                    + "      - {name: remove, after: [save], document: Clean, undo: Restore}\n"
                    + "      - {name: save, document: Snapshot, undo: DropSnapshot}\n"
                    + "    validate: [{name: look, document: Look}]\n";

    private static Playbook good() {
        Problems problems = new Problems("f");
        Playbooks playbooks = PlaybookReader.read(GOOD, problems);
        assertThat(problems.all()).isEmpty();
        return playbooks.all().get(0);
    }

    @Test
    void stepsComeInTheOrderOfTheirDependenciesAndGoBackTheOtherWay() {
        Action action = new Action("clean", "1", "disk", Map.of("keep", "50%"));
        assertThat(good().flaws(action)).isEmpty();
        ActionPlan plan = good().plan("d", action);
        assertThat(plan.steps())
                .extracting(PlanStep::name)
                .containsExactly("rehearse", "save", "remove", "look");
        assertThat(plan.rollback(Set.of("save", "remove")))
                .extracting(PlanStep::document)
                .containsExactly("Restore", "DropSnapshot");
    }

    @Test
    void anActionThatIsNotOfThePlaybookHasAllItsFlawsTold() {
        assertThat(good().flaws(new Action("clean", "2", "a b", Map.of("keep", "5%", "x", "y"))))
                .hasSize(4);
        assertThat(good().flaws(new Action("clean", "1", "disk", Map.of()))).hasSize(1);
    }

    @Test
    void theSessionMayDoWhatThePlaybookNeedsAndNothingElse() {
        String policy = SessionPolicy.json(good(), "disk");
        assertThat(policy)
                .contains(
                        "{\"Effect\":\"Allow\",\"Action\":[\"ec2:CreateSnapshot\"],\"Resource\":"
                                + "[\"arn:aws:ec2:*:*:volume/disk\"]}")
                .contains("automation-definition/Snapshot:*");
        assertThat(policy.length()).isLessThan(2048); // what AssumeRole takes
        assertThat(good().documents())
                .isEqualTo(List.of("Clean", "DropSnapshot", "Look", "Restore", "Snapshot"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "after: [save] | after: [nobody] | 15",
                "name: save | name: remove | 16",
                "document: Snapshot | document: 'rm -rf' | 16",
                "ec2:CreateSnapshot | everything | 10",
                "arn:aws:ec2:*:*:volume/${service} | anything | 11",
                "type: percent | type: guess | 12",
                "keep: 50% | keep: 5% | 6",
                "keep: 50% | keep: 50%, more: 1 | 9",
                "tag: service, | '' | 9",
                "sandbox: [{name: rehearse, document: Clean}] | sandbox: [] | 13",
                "validate: | verify: | 17",
                "name: save, document | name: save, command | 16",
                "name: look, document: Look | 'name: look, document: Look, command: Look' | 17"
            })
    void whatIsWrongIsToldWithItsLine(String good, String bad, int line) {
        Problems problems = new Problems("f");
        PlaybookReader.read(GOOD.replace(good, bad), problems);
        assertThat(problems.all()).isNotEmpty();
        assertThat(problems.all()).anyMatch(problem -> problem.line() == line);
    }
}
