// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;

/**
 * The picture on a whole terminal, redrawn once a second. {@link #close} gives the terminal back as
 * it was; it may be called by any thread and more than once.
 */
public final class TerminalView implements RunView {
    private static final double SECONDS_BETWEEN = 0.95;

    private final PrintWriter out;
    private final int rows;
    private final RunScreen screen;
    private double nextSeconds;
    private boolean entered;
    private boolean closed;

    /**
     * @param rows of the terminal
     * @param columns of the terminal
     */
    public TerminalView(PrintWriter out, int rows, int columns) {
        this.out = out;
        this.rows = rows;
        this.screen = new RunScreen(rows, columns, ZoneId.systemDefault());
    }

    @Override
    public synchronized void step(String line) {
        if (!entered) {
            out.println(line);
            out.flush();
        }
    }

    @Override
    public synchronized void show(RunPicture picture) {
        if (closed || picture.seconds() < nextSeconds) {
            return;
        }
        nextSeconds = picture.seconds() + SECONDS_BETWEEN;
        StringBuilder frame = new StringBuilder(entered ? "" : Ansi.ENTER).append(Ansi.HOME);
        entered = true;
        List<String> lines = screen.frame(picture);
        for (int i = 0; i < lines.size(); i++) {
            frame.append(lines.get(i)).append(Ansi.REST_OF_LINE);
            frame.append(i + 1 < rows ? "\r\n" : "");
        }
        out.print(frame.append(Ansi.REST_OF_SCREEN));
        out.flush();
    }

    @Override
    public synchronized void close() {
        if (entered && !closed) {
            out.print(Ansi.LEAVE);
            out.flush();
        }
        closed = true;
    }
}
