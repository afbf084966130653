// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.incidentcommander.jobs.consensus.VotesFile;
import io.incidentcommander.udfs.consensus.collusion.CopyGroup;
import io.incidentcommander.udfs.consensus.tally.TallyResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code consensus tally}: answers by reputation learned from agreement alone. */
@Command(
        name = "tally",
        description = {
            "Decide questions by the answers of many agents, when nobody knows the truth.",
            "Reputation is learned from agreement alone; agents that answer after a mind of their",
            "own are heard as one. Without --json: question and answer, a line each."
        })
public final class ConsensusTallyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--votes",
            paramLabel = "F.csv",
            required = true,
            description = "Columns question,agent,answer, in the order they were given.")
    private Path votes;

    @Option(
            names = "--final-pass",
            description = "Revise reputations until they and the answers explain each other.")
    private boolean finalPass;

    @Option(names = "--json", description = "Answers and reputations as one JSON document.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        InputFiles.requireReadable(votes);
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = Progress.on(err);
        VotesFile read = VotesFile.read(votes, rows -> progress.report(() -> rows + " rows read"));
        if (read.bad() > 0) {
            err.println(read.bad() + " bad rows left out, the first is row " + read.firstBadRow());
        }
        TallyResult result = finalPass ? read.tally().finalPass() : read.tally().now();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            writeJson(read, result, out);
        } else {
            for (int q = 0; q < result.sheet().questions().size(); q++) {
                out.println(
                        onOneLine(result.sheet().questions().get(q))
                                + "\t"
                                + onOneLine(result.answer(q)));
            }
            result.groups().forEach(group -> err.println("heard as one: " + describe(group)));
        }
        out.flush();
        err.flush();
        return ExitCode.DONE;
    }

    /** Quoted cells may hold what ends lines and columns. */
    private static String onOneLine(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    private static String describe(CopyGroup group) {
        return String.format(
                Locale.ROOT,
                "%d agents, alike in %.2f, correlation with the others %.2f on %d questions",
                group.members().length,
                group.agreementWithin(),
                group.correlation(),
                group.questions());
    }

    private static void writeJson(VotesFile read, TallyResult result, PrintWriter out)
            throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeObjectFieldStart("answers");
        for (int q = 0; q < result.sheet().questions().size(); q++) {
            json.writeStringField(result.sheet().questions().get(q), result.answer(q));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("reputation");
        for (int a = 0; a < result.sheet().agents().size(); a++) {
            json.writeNumberField(
                    result.sheet().agents().get(a),
                    Math.round(result.reputation(a).value() * 1e6) / 1e6);
        }
        json.writeEndObject();
        json.writeArrayFieldStart("heard_as_one");
        for (CopyGroup group : result.groups()) {
            json.writeStartObject();
            json.writeArrayFieldStart("agents");
            for (int member : group.members()) {
                json.writeString(result.sheet().agents().get(member));
            }
            json.writeEndArray();
            json.writeNumberField("agreement_within", group.agreementWithin());
            json.writeNumberField("correlation_with_others", group.correlation());
            json.writeNumberField("questions", group.questions());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("rows");
        json.writeNumberField("counted", read.counted());
        json.writeNumberField("repeated", read.repeated());
        json.writeNumberField("contradicted", read.contradicted());
        json.writeNumberField("bad", read.bad());
        json.writeEndObject();
        json.writeEndObject();
        json.close();
        out.println();
    }
}
