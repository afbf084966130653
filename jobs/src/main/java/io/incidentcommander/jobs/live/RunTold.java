// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people were told in a run, as the services at the other end have it. Immutable. */
final class RunTold {
    private static final RunTold NOTHING = new RunTold(List.of());

    private final List<Channel> channels;

    RunTold(List<Channel> channels) {
        this.channels = List.copyOf(channels);
    }

    static RunTold nothing() {
        return NOTHING;
    }

    long messages() {
        return channels.stream().mapToLong(channel -> channel.messages).sum();
    }

    long messagesOf(String channel) {
        return channels.stream()
                .filter(one -> one.name.equals(channel))
                .mapToLong(one -> one.messages)
                .sum();
    }

    /** Messages of each channel but one. */
    String countsBut(String other) {
        return channels.stream()
                .filter(channel -> !channel.name.equals(other))
                .map(channel -> channel.name + " " + channel.messages)
                .collect(Collectors.joining(", "));
    }

    void describe(ObjectNode json) {
        ObjectNode node = json.putObject("messages");
        for (Channel channel : channels) {
            ObjectNode one = node.putObject(channel.name);
            one.put("messages", channel.messages);
            one.put("updates", channel.updates);
            one.put("last", channel.last);
            one.put("stub", channel.stub);
        }
    }

    /** Each channel with its counts and what was said last. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Channel channel : channels) {
            lines.add(
                    String.format(
                            "%-10s%s %,d messages, %,d updates%s",
                            channel.name,
                            channel.stub ? " (a stub)" : "",
                            channel.messages,
                            channel.updates,
                            channel.last.isEmpty() ? "" : "; last: " + channel.last));
        }
        return lines;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        String head = "told";
        for (String line : lines()) {
            text.append(String.format("%-10s %s%n", head, line));
            head = "";
        }
        return text.toString();
    }

    /** One kind of channel. Immutable. */
    static final class Channel {
        private final String name;
        private final boolean stub;
        private final long messages;
        private final long updates;
        private final String last;

        /**
         * @param updates that took the place of a message
         * @param last one line; empty if it is not known
         */
        Channel(String name, boolean stub, long messages, long updates, String last) {
            this.name = name;
            this.stub = stub;
            this.messages = messages;
            this.updates = updates;
            this.last = last;
        }
    }
}
