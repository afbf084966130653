// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    private static final String TAGGED = "tagged: ['arn:aws:ec2:*:*:volume/*']";
    private static final String LOOKS_UP =
            allow("ssm:AddTagsToResource", "arn:aws:ssm:*:*:automation-execution/*")
                    + ","
                    + allow("ssm:DescribeAutomationExecutions", "*");

    private static Playbook good() {
        return read(GOOD);
    }

    private static Playbook read(String yaml) {
        Problems problems = new Problems("f");
        Playbooks playbooks = PlaybookReader.read(yaml, problems);
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
        String does = allow("ec2:CreateSnapshot", "arn:aws:ec2:*:*:volume/disk");
        assertThat(SessionPolicy.change(good(), "disk", Optional.empty()))
                .isEqualTo(
                        policy(
                                does,
                                starts("Clean", "DropSnapshot", "Look", "Restore", "Snapshot"),
                                LOOKS_UP));
        assertThat(SessionPolicy.rehearsal(good(), "disk"))
                .isEqualTo(policy(does, starts("Clean"), LOOKS_UP));
    }

    @Test
    void whatIsNotNamedByItsServiceHasToCarryItsTagAndSoDoesWhatIsLookedAtAndRecorded() {
        Playbook playbook =
                read(
                        GOOD.replace("resources: ['arn:aws:ec2:*:*:volume/${service}']", TAGGED)
                                .replace("look, document: Look", "look, command: Look"));
        String tagged =
                where(
                        allow("ec2:CreateSnapshot", "arn:aws:ec2:*:*:volume/*"),
                        "aws:ResourceTag/service");
        String instances = "arn:aws:ec2:*:*:instance/*";
        assertThat(SessionPolicy.change(playbook, "disk", Optional.of("Record")))
                .isEqualTo(
                        policy(
                                tagged,
                                starts("Clean", "DropSnapshot", "Restore", "Snapshot"),
                                LOOKS_UP,
                                allow("ssm:SendCommand", "arn:aws:ssm:*:*:document/Look"),
                                where(
                                        allow("ssm:SendCommand", instances),
                                        "ssm:resourceTag/service"),
                                allow("ssm:StartSession", "arn:aws:ssm:*:*:document/Record"),
                                where(
                                        allow("ssm:StartSession", instances),
                                        "ssm:resourceTag/service"),
                                allow("ssm:ListCommands", "*"),
                                allow("ssm:DescribeInstanceInformation", "*"),
                                allow(
                                        "ssm:TerminateSession",
                                        "arn:aws:ssm:*:*:session/${aws:userid}-*")));
        assertThat(SessionPolicy.rehearsal(playbook, "disk"))
                .isEqualTo(policy(tagged, starts("Clean"), LOOKS_UP));
    }

    @Test
    void whatNobodyWouldGrantIsToldAtLoad() {
        String many =
                IntStream.range(0, 20)
                        .mapToObj(n -> "'arn:aws:ec2:*:*:volume/" + n + "-${service}'")
                        .collect(Collectors.joining(", ", "resources: [", "]"));
        Problems problems = new Problems("f");
        PlaybookReader.read(
                GOOD.replace("resources: ['arn:aws:ec2:*:*:volume/${service}']", many), problems);
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("more than 2048"));
    }

    private static String policy(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String allow(String permission, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":[\""
                + permission
                + "\"],\"Resource\":[\""
                + resource
                + "\"]}";
    }

    private static String starts(String... documents) {
        return allow(
                "ssm:StartAutomationExecution",
                Stream.of(documents)
                        .map(d -> "arn:aws:ssm:*:*:automation-definition/" + d + ":*")
                        .collect(Collectors.joining("\",\"")));
    }

    private static String where(String statement, String tag) {
        return statement.substring(0, statement.length() - 1)
                + ",\"Condition\":{\"StringEquals\":{\""
                + tag
                + "\":\"disk\"}}}";
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
                "resources: ['arn:aws:ec2:*:*:volume/${service}'] | '' | 9",
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
