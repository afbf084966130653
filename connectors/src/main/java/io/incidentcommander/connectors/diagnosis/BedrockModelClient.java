// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import io.incidentcommander.model.diagnosis.Spend;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** Converse with one tool, which the model has to use; temperature 0. */
public final class BedrockModelClient implements ModelClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BedrockRuntimeAsyncClient client;

    public BedrockModelClient(BedrockClients clients) {
        this.client = clients.create();
    }

    @Override
    public CompletableFuture<ModelAnswer> ask(ModelSpec model, ModelPrompt prompt) {
        ConverseRequest request =
                ConverseRequest.builder()
                        .modelId(model.id())
                        .system(system -> system.text(prompt.system()))
                        .messages(
                                message ->
                                        message.role(ConversationRole.USER)
                                                .content(ContentBlock.fromText(prompt.user())))
                        .inferenceConfig(
                                c -> c.maxTokens(prompt.mostOutputTokens()).temperature(0f))
                        .toolConfig(tool(prompt))
                        .build();
        return client.converse(request).thenApply(response -> answer(model, prompt, response));
    }

    @Override
    public void close() {
        client.close();
    }

    private static ToolConfiguration tool(ModelPrompt prompt) {
        ToolSpecification specification =
                ToolSpecification.builder()
                        .name(prompt.tool())
                        .description("Takes the answer.")
                        .inputSchema(ToolInputSchema.fromJson(schema(prompt)))
                        .build();
        return ToolConfiguration.builder()
                .tools(Tool.fromToolSpec(specification))
                .toolChoice(choice -> choice.tool(tool -> tool.name(prompt.tool())))
                .build();
    }

    private static Document schema(ModelPrompt prompt) {
        try {
            return Documents.of(JSON.readTree(prompt.toolSchema()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The schema of " + prompt + " is no JSON", e);
        }
    }

    private static ModelAnswer answer(
            ModelSpec model, ModelPrompt prompt, ConverseResponse response) {
        TokenUsage usage = response.usage();
        Spend spend =
                usage == null
                        ? model.worstCase(prompt.chars(), prompt.mostOutputTokens())
                        : model.spend(usage.inputTokens(), usage.outputTokens());
        String input = "";
        if (response.output() != null && response.output().message() != null) {
            for (ContentBlock block : response.output().message().content()) {
                if (block.toolUse() != null && prompt.tool().equals(block.toolUse().name())) {
                    input = Documents.json(block.toolUse().input()).toString();
                }
            }
        }
        return new ModelAnswer(model.id(), input, spend);
    }
}
