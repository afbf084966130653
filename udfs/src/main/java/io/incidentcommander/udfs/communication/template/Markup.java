// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.template;

import java.util.regex.Pattern;

/** How a channel writes text, headings and links; text from outside comes out as text alone. */
enum Markup {
    /** No markup at all. */
    PLAIN {
        @Override
        String escape(String text) {
            return text;
        }

        @Override
        String strong(String text) {
            return text;
        }

        @Override
        String linked(String url) {
            return url;
        }
    },
    /** Slack's mrkdwn: its own escapes, and no character that would start a format. */
    SLACK {
        @Override
        String escape(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace('*', '∗')
                    .replace('~', '∼')
                    .replace('`', '\'');
        }

        @Override
        String strong(String text) {
            return "*" + text + "*";
        }

        @Override
        String linked(String url) {
            return "<" + url.replace("&", "&amp;") + ">";
        }
    },
    HTML {
        @Override
        String escape(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;");
        }

        @Override
        String strong(String text) {
            return "<b>" + text + "</b>";
        }

        @Override
        String linked(String url) {
            String safe = escape(url);
            return "<a href=\"" + safe + "\">" + safe + "</a>";
        }
    };

    /** Nothing but addresses of the web, without what ends a link in any of the languages. */
    private static final Pattern WEB =
            Pattern.compile("https?://[\\x21-\\x7e&&[^<>|\"'`*]]{1,500}");

    private static final int LONGEST_ENTITY = 6;

    abstract String escape(String text);

    /** Of text that is escaped. */
    abstract String strong(String text);

    abstract String linked(String url);

    /** One line of text from outside, escaped, at most so many chars, no escape cut in two. */
    final String text(String raw, int most) {
        String escaped = escape(PlainText.oneLine(raw));
        if (escaped.length() <= most) {
            return escaped;
        }
        String cut = PlainText.cut(escaped, most);
        int entity = cut.lastIndexOf('&');
        boolean open =
                this != PLAIN
                        && entity >= cut.length() - LONGEST_ENTITY - 1
                        && entity >= 0
                        && cut.indexOf(';', entity) < 0;
        return open ? cut.substring(0, entity) + "…" : cut;
    }

    /** A link if it is an address of the web, else its text. */
    final String link(String url, int most) {
        String linked = WEB.matcher(url).matches() ? linked(url) : "";
        return linked.isEmpty() || linked.length() > most ? text(url, most) : linked;
    }
}
