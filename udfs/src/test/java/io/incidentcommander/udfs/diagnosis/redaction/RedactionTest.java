// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final Redaction redaction = new Redaction(Addresses.TAKEN_OUT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\1',
            value = {
                "mail from jo.doe+ops@mail.example.com bounced|mail from [email-1] bounced",
                "user=jürgen@bücher.example;|user=[email-1];",
                "password=hunter2 rejected|password=[secret-1] rejected",
                "{\"password\": \"hunter2\"}|{\"password\": \"[secret-1]\"}",
                "{\\\"dbPassword\\\":\\\"hunter2\\\"}|{\\\"dbPassword\\\":\\\"[secret-1]\\\"}",
                "DB_PASSWORD: hunter2|DB_PASSWORD: [secret-1]",
                "x-api-key: 0123abc|x-api-key: [secret-1]",
                "aws_secret_access_key ="
                    + " wJalrXUtnFEMIK7MDENG/bPxRfiCYEXAMPLEKEY|aws_secret_access_key = [secret-1]",
                "key AKIAIOSFODNN7EXAMPLE used|key [token-1] used",
                // The scheme of a credential is no secret, but nobody misses it.
                "Authorization: Bearer abcdefghij.klmnop|Authorization: [secret-1]",
                "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-_123 back|got [token-1] back",
                "xoxb-123456789012-abcdefABCDEF sent|[token-1] sent",
                "postgres://app:s3cr3t@db.internal:5432/x|postgres://[secret-1]@db.internal:5432/x",
                "card 4111 1111 1111 1111 declined|card [card-1] declined",
                "card 4111-1111-1111-1111 declined|card [card-1] declined",
                "card 5500005555555559 declined|card [card-1] declined",
                "to GB82 WEST 1234 5698 7654 32 today|to [account-1] today",
                "to DE89370400440532013000 today|to [account-1] today",
                "from 10.1.2.3:443|from [ip-1]:443",
                "from 2001:db8::ff00:42:8329 in|from [ip-1] in",
                "from 255.249.200.199 in|from [ip-1] in",
                "from 2001:db8:0:0:0:0:0:1 in|from [ip-1] in",
                "from 1:2:3:4:5:6:7:8: refused|from [ip-1]: refused",
                "net 1:2:3:4:5:6:7:: in|net [ip-1] in",
            })
    void takesOut(String nasty, String clean) {
        assertThat(redaction.of(nasty)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order 4111111111111112 is no card: its checksum is wrong",
                "request 01HF7YAT0SZ2Q5XGE0T5WB3C4D took 1700000000000 ns",
                "at 12:34:56 the pool had 10 of 10 connections",
                "checkout-7d9f8b6c5-x2x4q restarted 3 times",
                "trace 4bf92f3577b34da6a3ce929d0e0e4736 failed",
                "version 1.2.3.4.5 deployed",
                "builds 256.1.1.1 and 1.1.1.256 failed",
                "card 00:1b:44:11:3a:b7 is down",
                "ratios 1:2:3:4:5:6:7 and 1:2:3:4:5:6:7:8:9 measured",
                "keys 1::2::3 and :: found",
                "tokens left: none of 5",
                "GB83WEST12345698765432 is no account: its checksum is wrong",
                "see https://runbooks.example/db#restart",
            })
    void leavesWhatAnEngineerNeeds(String plain) {
        assertThat(redaction.of(plain)).isEqualTo(plain);
    }

    @Test
    void aPrivateKeyGoesWhole() {
        String key =
                "before -----BEGIN RSA PRIVATE KEY-----\nMIIEow-IBAAKCAQEA\nabc=\n"
                        + "-----END RSA PRIVATE KEY----- after";
        assertThat(redaction.of(key)).isEqualTo("before [private-key-1] after");
        assertThat(redaction.of("-----BEGIN PRIVATE KEY-----\nMIIEcut off"))
                .as("cut off")
                .isEqualTo("[private-key-2]");
    }

    @Test
    void theSameValueKeepsItsPlaceholderAndIsCounted() {
        String text = redaction.of("a@x.example b@x.example a@x.example");

        assertThat(text).isEqualTo("[email-1] [email-2] [email-1]");
        assertThat(redaction.counts()).isEqualTo(Map.of(RedactionKind.EMAIL, 3));
    }

    @Test
    void addressesStayIfSoConfigured() {
        assertThat(new Redaction(Addresses.KEPT).of("from 10.1.2.3")).isEqualTo("from 10.1.2.3");
    }

    /** A pattern that backtracks needs years for one of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "-",
                "@",
                "a@",
                ".",
                "a.",
                "eyJ",
                "eyJaaaaa.",
                "password",
                "password=",
                "1 ",
                "-----BEGIN PRIVATE KEY-----",
                "://a:",
                "GB82",
                "::",
                "a:",
                "xoxb-",
                "= ",
                "password=\"\\\\",
                "\\",
                "\\u00",
                "aaaaaaaa ",
                "<a",
                "https://a:",
                "a.b'",
                "a%41",
                "aA1",
                "GB82 ",
                "cookie=",
                "authorization: a ",
                "\""
            })
    void hostileRepeatsTakeLinearTime(String part) {
        String text = part.repeat(400_000 / part.length());

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(120), () -> new Redaction(Addresses.TAKEN_OUT).of(text));
    }

    @Property
    void isIdempotentAndNeverFails(@ForAll @StringLength(max = 300) String text) {
        String once = redaction.of(text);

        assertThat(redaction.of(once)).isEqualTo(once);
    }
}
