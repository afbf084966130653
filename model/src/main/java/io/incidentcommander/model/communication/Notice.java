// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Something that one contact is to hear of. Not a message yet: the planner decides. Immutable. */
@TypeInfo(Notice.Info.class)
public final class Notice {
    private final Contact contact;
    private final IncidentBrief brief;

    public Notice(Contact contact, IncidentBrief brief) {
        this.contact = Objects.requireNonNull(contact, "contact");
        this.brief = Objects.requireNonNull(brief, "brief");
    }

    public Contact contact() {
        return contact;
    }

    public IncidentBrief brief() {
        return brief;
    }

    /** What one contact reads of one incident. */
    public String thread() {
        return contact.address() + "|" + brief.key();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Notice
                && ((Notice) other).contact.equals(contact)
                && ((Notice) other).brief.equals(brief);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contact, brief);
    }

    @Override
    public String toString() {
        return contact + " " + brief;
    }

    /** Binary form, version 1. */
    public static final class NoticeCodec implements Codec<Notice> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<Notice> type() {
            return Notice.class;
        }

        @Override
        public void write(Notice value, DataOutputView out) throws IOException {
            out.writeByte(1);
            value.contact.write(out);
            value.brief.write(out);
        }

        @Override
        public Notice read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, Notice.class);
            return new Notice(Contact.read(in), IncidentBrief.read(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Notice> {
        @Override
        public TypeInformation<Notice> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new NoticeCodec());
        }
    }
}
