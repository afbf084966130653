// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Who is told, and where. The address is a Slack channel, the name of a PagerDuty integration, a
 * webhook or a log, or a mail address; keys and secrets are known to the sink alone. Immutable.
 */
public final class Contact {
    /** All mail leaves through one server, so that is what its rate limit is for. */
    private static final String MAIL_SERVER = "smtp";

    private final ChannelKind kind;
    private final String address;
    private final Optional<QuietHours> quiet;

    public Contact(ChannelKind kind, String address, Optional<QuietHours> quiet) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.address = Objects.requireNonNull(address, "address");
        this.quiet = Objects.requireNonNull(quiet, "quiet");
    }

    public ChannelKind kind() {
        return kind;
    }

    public String address() {
        return address;
    }

    /** Of the person behind it; empty for teams, and for people who are never at rest. */
    public Optional<QuietHours> quiet() {
        return quiet;
    }

    /**
     * What one rate limit is for: a Slack channel, an integration, a webhook, a log, the mail
     * server.
     */
    public String channel() {
        return kind.word() + "/" + (kind == ChannelKind.EMAIL ? MAIL_SERVER : address);
    }

    void write(DataOutputView out) throws IOException {
        out.writeByte(kind.ordinal());
        Wire.writeString(address, out);
        out.writeBoolean(quiet.isPresent());
        if (quiet.isPresent()) {
            quiet.get().write(out);
        }
    }

    static Contact read(DataInputView in) throws IOException {
        return new Contact(
                ChannelKind.values()[in.readByte()],
                Wire.readString(in),
                in.readBoolean() ? Optional.of(QuietHours.read(in)) : Optional.empty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Contact
                && ((Contact) other).kind == kind
                && ((Contact) other).address.equals(address)
                && ((Contact) other).quiet.equals(quiet);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, address);
    }

    @Override
    public String toString() {
        return kind.word() + ":" + address;
    }
}
