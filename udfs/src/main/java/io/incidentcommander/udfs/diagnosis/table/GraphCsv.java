// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.table;

import io.incidentcommander.model.diagnosis.CallGraph;
import java.util.List;

/**
 * A call graph as a matrix: names of nodes in the first row and the first column, anything but
 * empty, 0 and false where the row's node calls the column's.
 */
public final class GraphCsv {
    private GraphCsv() {}

    /**
     * @throws TableException if the text has no such matrix
     */
    public static CallGraph read(String text) throws TableException {
        List<String[]> rows = Rows.of(text);
        if (rows.size() < 2 || rows.get(0).length < 2) {
            throw new TableException("has no matrix: a row of names, then a row for each node");
        }
        String[] header = rows.get(0);
        CallGraph.Builder graph = CallGraph.builder();
        for (int column = 1; column < header.length; column++) {
            if (!Rows.cell(header, column).isEmpty()) {
                graph.node(Rows.cell(header, column));
            }
        }
        for (String[] row : rows.subList(1, rows.size())) {
            String caller = Rows.cell(row, 0);
            if (caller.isEmpty()) {
                continue;
            }
            graph.node(caller);
            for (int column = 1; column < header.length; column++) {
                String callee = Rows.cell(header, column);
                if (!callee.isEmpty() && calls(Rows.cell(row, column))) {
                    graph.call(caller, callee);
                }
            }
        }
        return graph.build();
    }

    private static boolean calls(String cell) {
        double number = Numbers.of(cell);
        boolean word = Double.isNaN(number) && cell.equalsIgnoreCase("true");
        return word || (!Double.isNaN(number) && number != 0);
    }
}
