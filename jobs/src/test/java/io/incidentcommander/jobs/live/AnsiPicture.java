// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A frame of the terminal as SVG, for the documentation. */
final class AnsiPicture {
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[([0-9;]*)m");
    private static final double CHARACTER = 7.8;
    private static final int LINE = 17;
    private static final int MARGIN = 16;
    private static final Map<String, String> FILLS =
            Map.of("31", "#ff6b6b", "32", "#69db7c", "33", "#ffd43b", "36", "#66d9e8");

    private AnsiPicture() {}

    static String svg(List<String> lines, int columns) {
        int width = (int) Math.ceil(columns * CHARACTER) + 2 * MARGIN;
        int height = lines.size() * LINE + 2 * MARGIN;
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                                + " viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Incident"
                                + " Commander at work\">%n",
                        width, height, width, height));
        svg.append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n");
        svg.append(
                "<g font-family=\"ui-monospace,Menlo,Consolas,monospace\" font-size=\"13\""
                        + " fill=\"#dee2e6\" xml:space=\"preserve\">\n");
        for (int i = 0; i < lines.size(); i++) {
            line(lines.get(i), MARGIN + (i + 1) * LINE - 4, svg);
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static void line(String text, int y, StringBuilder svg) {
        Matcher colours = COLOURS.matcher(text);
        int from = 0;
        int column = 0;
        String codes = "";
        while (colours.find()) {
            column = span(text.substring(from, colours.start()), codes, column, y, svg);
            codes = colours.group(1);
            from = colours.end();
        }
        span(text.substring(from), codes, column, y, svg);
    }

    private static int span(String text, String codes, int column, int y, StringBuilder svg) {
        if (!text.isBlank()) {
            svg.append(
                    String.format(
                            "<text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\"%s>%s</text>%n",
                            MARGIN + column * CHARACTER,
                            y,
                            text.length() * CHARACTER,
                            style(codes),
                            escaped(text)));
        }
        return column + text.length();
    }

    private static String style(String codes) {
        StringBuilder style = new StringBuilder();
        for (String code : codes.split(";")) {
            if (code.equals("1")) {
                style.append(" font-weight=\"bold\"");
            } else if (code.equals("2")) {
                style.append(" opacity=\"0.6\"");
            } else if (FILLS.containsKey(code)) {
                style.append(" fill=\"").append(FILLS.get(code)).append('"');
            }
        }
        return style.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
