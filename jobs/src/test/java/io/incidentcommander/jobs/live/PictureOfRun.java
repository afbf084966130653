// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes docs/images/run.svg from a recorded terminal: {@code script -c "./commander run" FILE},
 * then this with FILE, the number of the frame, the columns and the picture's file.
 */
final class PictureOfRun {
    private PictureOfRun() {}

    public static void main(String[] arguments) throws IOException {
        String recording = Files.readString(Path.of(arguments[0]));
        String frame = recording.split(Pattern.quote(Ansi.HOME))[Integer.parseInt(arguments[1])];
        List<String> lines =
                frame.substring(0, frame.indexOf(Ansi.REST_OF_SCREEN))
                        .lines()
                        .map(line -> line.replace(Ansi.REST_OF_LINE, "").replace("\r", ""))
                        .collect(Collectors.toList());
        Files.writeString(
                Path.of(arguments[3]), AnsiPicture.svg(lines, Integer.parseInt(arguments[2])));
    }
}
