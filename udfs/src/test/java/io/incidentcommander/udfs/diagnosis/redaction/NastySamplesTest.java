// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as they come from logs of many programs, and what of each must not leave. */
class NastySamplesTest {
    private static final String BASE64 =
            "MIIEpAIBAAKCAQEAx2sVpHcT0J3q8fYd4lS9vG7wZk1RmNbQtXoUeLiPaDhCgFjK";
    private static final String AWS_SECRET = "wJalrXUtnFEMI7K7MDENGbPxRfiCYzEXAMPLEKY9";

    private static Arguments leak(String name, String text, String... secrets) {
        return Arguments.of(name, text, List.of(secrets));
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                leak("words in quotes", "password: \"correct horse battery\"", "horse", "battery"),
                leak("single quotes", "passwd='it is, well; secret'", "well", "is,"),
                leak("signs within a value", "DB_PASSWORD=P@ss,w0rd!;x user=jo", "w0rd", "P@ss"),
                leak("an escaped quote", "{\"password\":\"ab\\\"cd-hunter\"}", "hunter"),
                leak("an escaped backslash", "{\"password\":\"ab\\\\hunter\"}", "hunter"),
                leak(
                        "JSON within JSON",
                        "{\"log\":\"{\\\"password\\\":\\\"hun ter2\\\\n, more\\\"}\"}",
                        "ter2",
                        "more"),
                leak(
                        "JSON within JSON, a quote in it",
                        "{\"log\":\"{\\\"secret\\\":\\\"ab\\\\\\\"hunter2\\\",\\\"x\\\":1}\"}",
                        "hunter2"),
                leak("letters as numbers", "{\"pass\\u0077ord\":\"hun\\u0074er2\"}", "er2", "hun"),
                leak("YAML, on the next line", "password: |\n    hunter2\nuser: jo", "hunter2"),
                leak("XML", "<db:Password>hunter2 x</db:Password>", "hunter2"),
                leak(
                        "XML, a name before it",
                        "<SecretAccessKey>abcDEF123</SecretAccessKey>",
                        "abcDEF123"),
                leak("command line", "mysqldump --password hunter2 --host db", "hunter2"),
                leak("curl", "curl -u admin:hunter2 https://x.example", "hunter2", "admin"),
                leak("pass=", "login user=jo pass=hunter2", "hunter2"),
                leak("cookies", "Cookie: sid=abcdef; remember=hunter2; x=1", "hunter2", "abcdef"),
                leak("a scheme of one's own", "Authorization: ApiKey 0a1b2c3d", "0a1b2c3d"),
                leak("basic", "Authorization: Basic dXNlcjpodW50ZXIy", "dXNlcjpodW50ZXIy"),
                leak("a signed address", "https://a.blob.example/c?sv=1&sig=aB3%2Fx&se=2", "aB3"),
                leak("an @ in a password", "amqp://app:p@ss@mq.internal/x", "p@ss", "ss@", "app"),
                leak("no user", "redis://:hunter2@cache:6379/0", "hunter2"),
                leak("a slash in a password", "redis://app:hun/ter2@cache:6379", "ter2"),
                leak("a key as user", "https://0a1b2c3d4e5f@o1.ingest.example/5", "0a1b2c3d4e5f"),
                leak("a key as user of a host", "https://0a1b2c3d4e5f@sentry/5", "0a1b2c3d4e5f"),
                leak("a password like a port", "amqp://app:12345@mq/x", "12345", "app"),
                leak("Oracle", "jdbc:oracle:thin:scott/tiger@//db:1521/x", "tiger", "scott"),
                leak(
                        "a key without its beginning",
                        "dump: " + BASE64 + "\n" + BASE64 + "\nabc=\n-----END RSA PRIVATE KEY-----",
                        "MIIEpAIB",
                        "abc="),
                leak(
                        "a key without its end, lines escaped",
                        "\"-----BEGIN PRIVATE KEY-----\\n" + BASE64 + "\\nabc",
                        "MIIEpAIB",
                        "abc"),
                leak("the middle of a key", BASE64 + "\n" + BASE64.substring(3), "MIIEpAIB"),
                leak(
                        "PGP",
                        "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBGPq\n=abcd\n"
                                + "-----END PGP PRIVATE KEY BLOCK-----",
                        "lQOYBGPq"),
                leak("an AWS secret alone", "using " + AWS_SECRET + " now", AWS_SECRET),
                leak(
                        "an AWS session token",
                        "aws_session_token = IQoJb3JpZ2luX2VjE//x==",
                        "IQoJb3"),
                leak(
                        "a JWT cut off",
                        "jwt eyJhbGciOiJSUzI1NiIsImtpZCI6IjFhMmIzYzRkNWU2ZiJ9",
                        "eyJhbG"),
                leak("OpenAI", "key sk-proj-abcdefghij0123456789 used", "abcdefghij"),
                leak("SendGrid", "SG.abcdefghijklmnop.qrstuvwxyz0123456789", "qrstuvw"),
                leak("a webhook", "https://hooks.slack.com/services/T0A/B0B/x1y2z3x1y2", "x1y2z3"),
                leak("bcrypt", "hash $2b$12$KIXQJ8q0qfL0aBcDeFgHiJkLmNoPqRsTuVwXyZ01234", "KIXQJ8"),
                leak("crypt, letters alone", "hash $5$saltstring$abcdefghijklmno", "abcdefghij"),
                leak("a scheme in a sentence", "sent bearer abcdefghijklmnop", "abcdefghij"),
                leak("a card, dots", "card 4111.1111.1111.1111 declined", "4111"),
                leak("a card, two spaces", "card 4111  1111  1111  1111 declined", "1111"),
                leak("a card, narrow spaces", "card 4111\u00a01111\u202f1111\u20101111.", "1111"),
                leak("a card, wide digits", "\uff14\uff11\uff11\uff11 1111 1111 1111", "1111"),
                leak("an IBAN, small letters", "to gb82 west 1234 5698 7654 32 today", "5698"),
                leak("an IBAN before words", "TO GB82 WEST 1234 5698 7654 32 AND THEN", "5698"),
                leak(
                        "an IBAN, narrow spaces",
                        "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
                        "0532"),
                leak("an account by name", "Account number: 12 345 678", "345"),
                leak("mail, plus", "jo.doe+ops@mail.example.com", "doe", "ops", "example"),
                leak("mail, apostrophe", "from o'brien@example.com", "brien", "o'"),
                leak("mail, a quoted name", "to \"jo doe\"@example.com", "doe", "example"),
                leak("mail, marks apart", "ju\u0308rgen@bu\u0308cher.example", "rgen", "cher"),
                leak("mail in an address", "/u?mail=jo.doe%40example.com&x=1", "doe", "example"),
                leak("hidden signs", "pass\u200bword=hunt\u00ader2", "er2", "hunt"),
                leak("IPv6 before a colon", "from 2001:db8::1: refused", "db8"),
                leak("IPv6, a net", "route 2001:db8:1::/48 gone", "db8"),
                leak("IPv6, v4 in it", "from ::ffff:10.1.2.3 in", "10.1"),
                leak("IPv6, a zone", "from fe80::a1b2%eth0", "a1b2"),
                leak("IPv4 at the end", "refused by 10.1.2.3.", "10.1.2.3"),
                leak("IPv4, zeros", "refused by 010.001.002.003", "001"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void takesOut(String name, String text, List<String> secrets) {
        String clean = new Redaction(Addresses.TAKEN_OUT).of(text);

        assertThat(secrets).allSatisfy(secret -> assertThat(clean).doesNotContain(secret));
        assertThat(new Redaction(Addresses.TAKEN_OUT).of(clean)).isEqualTo(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tests passed: 5, author: ann",
                "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "io.incidentcommander.operators.diagnosis.DiagnoseFunction$Asked.begin(DiagnoseFunction.java:151)",
                "https://orders.internal:8443/v1/orders/17?page=2",
                "arn:aws:iam::123456789012:role/service-role/OrdersLambdaExecutionRole",
                "/aws/lambda/OrdersHandlerProduction/2026/01/31/LATEST",
                "queue orders-payments-dead-letters-production-eu-central-1 has 12 messages",
                "started 1700000000000, 1700000000007 and 1700000000015",
                "route std::vector and 12:34:56: done",
                "partition key: orders, primary key = 17",
                "CamelCaseNamesOfClassesThatAreVeryLong2AndOfMethods"
            })
    void leavesWhatAnEngineerNeeds(String plain) {
        assertThat(new Redaction(Addresses.TAKEN_OUT).of(plain)).isEqualTo(plain);
    }
}
